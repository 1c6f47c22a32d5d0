import type { Command } from "commander";
import { REDACTED } from "../api/redaction.ts";
import { goBoolError, readGoBool } from "../go/bool.ts";
import type { FlagInfo, FlagInput } from "../clientcmd/override-flags.ts";
import { completeFlag } from "../clientcmd/override-flags.ts";
import { markAsBound } from "./bound-options.ts";
import { checkNames } from "./check-names.ts";
import { isInvalidArgument } from "./invalid-argument.ts";
import { parseBoundFlags } from "./parse-options.ts";
import { invalidValue } from "./pflag-error.ts";

/**
 * Registers a flag that holds one string, the last that is given. client-go's `BindStringFlag` and
 * `BindTransformingStringFlag`.
 *
 * @param write - called immediately with the default, and with each value as it is parsed
 * @param transform - converts a parsed value
 * @throws Error when the command already has a flag of that name
 */
export function bindStringFlag(
  command: Command,
  flag: FlagInput,
  write: (value: string) => void,
  transform: (value: string) => string = (value) => value,
): void {
  const info = completeFlag(flag);
  bind(command, info, write, { initial: info.default, isSet: info.default !== "", read: transform });
}

/**
 * Registers a flag that can be repeated and holds every given string, commas included. client-go's
 * `BindStringArrayFlag`.
 *
 * @param write - called immediately with the default (as a list, empty for `""`), and with all values so far as each is
 *   parsed
 * @throws Error when the command already has a flag of that name
 */
export function bindStringArrayFlag(
  command: Command,
  flag: FlagInput,
  write: (values: readonly string[]) => void,
): void {
  const info = completeFlag(flag);
  const isSet = info.default !== "";
  bind<readonly string[]>(command, info, write, {
    initial: isSet ? [info.default] : [],
    isSet,
    read: (value, earlier) => [...(earlier ?? []), value],
  });
}

/**
 * Registers a flag that holds a Go boolean, and is true when given without a value. client-go's `BindBoolFlag`.
 *
 * @param write - called immediately with the default (false if that is not a boolean), and with each value as it is parsed
 * @throws Error when the command already has a flag of that name
 */
export function bindBoolFlag(command: Command, flag: FlagInput, write: (value: boolean) => void): void {
  const info = completeFlag(flag);
  const initial = readGoBool(info.default) ?? false;
  bind(command, info, write, {
    initial,
    isSet: initial,
    alone: "true",
    read: (text) => {
      const value = readGoBool(text);
      if (value === undefined) {
        const shown = info.secret ? REDACTED : text;
        throw invalidValue(flagsOf(info), shown, goBoolError(shown));
      }
      return value;
    },
  });
}

/**
 * Registers a flag whose values are parsed, the last that is given. pflag's `Var`.
 *
 * @param parse - throws InvalidArgument, in Go's words
 * @param initial - the value of a flag that is not given
 * @throws Error when the command already has a flag of that name
 */
export function bindParsedFlag<T>(
  command: Command,
  info: FlagInfo,
  write: (value: T) => void,
  { parse, initial }: { readonly parse: (text: string) => T; readonly initial: T },
): void {
  bind(command, info, write, {
    initial,
    isSet: info.default !== "",
    read: (text) => {
      try {
        return parse(text);
      } catch (error) {
        throw isInvalidArgument(error) ? invalidValue(flagsOf(info), text, error.message) : error;
      }
    },
  });
}

interface FlagKind<T> {
  readonly initial: T;
  /** Whether the initial value should be shown in the help. */
  readonly isSet: boolean;
  /** The value of the flag when it is given without one. */
  readonly alone?: string;
  /**
   * Reads a value.
   *
   * @param earlier - the result of the values before
   * @throws PflagError for an invalid value
   */
  readonly read: (value: string, earlier: T | undefined) => T;
}

function bind<T>(
  command: Command,
  info: FlagInfo,
  write: (value: T) => void,
  { initial, isSet, alone, read }: FlagKind<T>,
): void {
  if (info.longName === "") {
    return;
  }
  checkNames(command, [info]);
  const flags = flagsOf(info);
  const option = command.createOption(alone === undefined ? `${flags} <value>` : flags, info.description);
  // Otherwise commander would treat a flag such as --no-token as the negation of another.
  option.negate = false;
  const name = option.attributeName();
  if (alone !== undefined) {
    option.optional = true;
  }
  if (isSet) {
    option.default(initial, info.secret ? REDACTED : undefined);
  }
  option.argParser<T>((value, previous) => {
    const isRepeated = GIVEN.has(command.getOptionValueSource(name) ?? "");
    const next = read(value, isRepeated ? previous : undefined);
    write(next);
    return next;
  });
  markAsBound(option, { alone, check: (value) => read(value, undefined) });
  const reset = () => write(command.getOptionValue(name) ?? initial);
  parseBoundFlags(command.addOption(option), reset);
  write(initial);
}

/** The sources of option values that the user set. */
const GIVEN: ReadonlySet<string> = new Set(["cli", "config"]);

function flagsOf({ longName, shortName }: FlagInfo): string {
  return shortName === "" ? `--${longName}` : `-${shortName}, --${longName}`;
}
