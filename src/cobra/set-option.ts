import type { Command, Option } from "commander";
import type { CommandOptionDefault } from "../api/preference.ts";
import { readGoBool } from "../go/bool.ts";
import { goQuote } from "../go/quote.ts";
import { KubercError } from "../errors.ts";
import { optionsOf } from "./find-command.ts";

/**
 * Gives a command the values of a kuberc for options that the user does not give.
 *
 * Each value is parsed as one of the command line would be, by the option's own parser if it has one; booleans are Go
 * booleans. Its source is `config`, so an environment variable of the option goes before it, and commander takes the
 * option for given: what it implies is implied, and what it conflicts with is refused.
 *
 * @param words - how to say that an option does not exist, or cannot take a value
 * @throws KubercError
 */
export function setOptions(
  command: Command,
  values: readonly CommandOptionDefault[],
  args: readonly string[],
  words: {
    readonly unknown: (name: string) => string;
    readonly refused: (name: string, value: string) => string;
  },
): void {
  for (const { name, default: value } of values) {
    const found = findOption(command, name);
    if (found === undefined) {
      throw new KubercError(words.unknown(name));
    }
    if (isGiven(found.option, args)) {
      continue;
    }
    const { owner, option } = found;
    try {
      owner.setOptionValueWithSource(
        option.attributeName(),
        parse(option, value, owner.getOptionValue(option.attributeName())),
        "config",
      );
    } catch (error) {
      if (isInvalidArgument(error)) {
        const flag = goQuote(
          option.short === undefined ? `--${option.name()}` : `${option.short}, --${option.name()}`,
        );
        throw new KubercError(
          `${words.refused(name, value)} err: invalid argument ${goQuote(value)} for ${flag} flag: ${error.message}`,
          undefined,
          error,
        );
      }
      throw error;
    }
  }
}

/** `_` in a name is as good as `-`, as on kubectl's command line. */
function findOption(
  command: Command,
  name: string,
): { readonly owner: Command; readonly option: Option } | undefined {
  for (const long of new Set([`--${name}`, `--${name.replaceAll("_", "-")}`])) {
    for (const found of optionsOf(command)) {
      if (found.option.long === long) {
        return found;
      }
    }
  }
  return undefined;
}

/** What no parser of an option takes: commander's `InvalidArgumentError`, told by its code. */
class InvalidBoolean extends Error {
  readonly code = "commander.invalidArgument";
}

function parse(option: Option, text: string, previous: unknown): unknown {
  if (!option.required && !option.optional) {
    const value = readGoBool(text);
    if (value === undefined) {
      throw new InvalidBoolean(`strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`);
    }
    return value !== option.negate;
  }
  const parser: ((value: string, previous: unknown) => unknown) | undefined = option.parseArg;
  if (parser !== undefined) {
    return parser(text, previous);
  }
  if (option.variadic) {
    return previous === option.defaultValue || !Array.isArray(previous) ? [text] : [...previous, text];
  }
  return text;
}

function isInvalidArgument(error: unknown): error is Error {
  return error instanceof Error && "code" in error && error.code === "commander.invalidArgument";
}

const CLUSTER = /^-[a-zA-Z]+$/;

/**
 * Whether the user gives an option: `--name`, `--name=value`, `-n`, `-nvalue`, or as one letter of a cluster such as
 * `-abn`. kubectl's `searchInArgs`. As there, arguments are looked at without regard to what they are: the letter is
 * found in `-ab` where `b` is the value of `-a` too, and options after `--` count. So a value from a kuberc rather gives
 * way once too often.
 */
function isGiven(option: Option, args: readonly string[]): boolean {
  const names = [option.long, option.short].filter((name) => name !== undefined);
  return args.some((arg) =>
    names.some((name) =>
      name.startsWith("--")
        ? arg === name || arg.startsWith(`${name}=`)
        : arg.startsWith(name) || (CLUSTER.test(arg) && arg.includes(name.slice(1))),
    ),
  );
}
