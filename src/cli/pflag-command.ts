import type { AddHelpTextContext, AddHelpTextPosition, Option, ParseOptionsResult } from "commander";
import { Command } from "commander";
import { boundFlag, markAsPflagCommand } from "../cobra/bound-options.ts";
import { isBoolean } from "../cobra/commander-options.ts";
import { isInvalidArgument } from "../cobra/invalid-argument.ts";
import { invalidValue, PflagError, unknownFlag, unknownShorthand } from "../cobra/pflag-error.ts";
import type { FlagVisitor } from "../cobra/read-argv.ts";
import { readArgv } from "../cobra/read-argv.ts";
import { parseGoBool } from "../cobra/read-flag-value.ts";
import { HelpRequest } from "./help-request.ts";
import { UsageError } from "./usage-error.ts";

/**
 * A commander command whose options are parsed as pflag, kubectl's flag library, parses them (see
 * {@link readArgv}): a boolean is a Go boolean; the last of repeated options counts; `_` in a name equals `-`.
 */
export class PflagCommand extends Command {
  readonly #helpSections: string[] = [];

  constructor(name?: string) {
    super(name);
    markAsPflagCommand(this);
  }

  /**
   * Parses options.
   *
   * @throws UsageError in pflag's words
   * @throws HelpRequest if there is `--help`
   */
  override parseOptions(argv: readonly string[]): ParseOptionsResult {
    const operands: string[] = [];
    try {
      readArgv(argv, this.#visitor(operands));
    } catch (error) {
      if (error instanceof PflagError) {
        throw new UsageError(`${error.message}\nSee '${commandPath(this)} --help' for usage.`);
      }
      throw error;
    }
    if (this.getOptionValue("help") === true) {
      throw new HelpRequest(this);
    }
    return { operands, unknown: [] };
  }

  /** Adds sections of the help, such as `Examples:`, where the layout has them, not where commander would. */
  override addHelpText(
    _position: AddHelpTextPosition,
    text: string | ((context: AddHelpTextContext) => string),
  ): this {
    this.#helpSections.push(typeof text === "string" ? text : text({ error: false, command: this }));
    return this;
  }

  /** The sections of {@link addHelpText}. */
  get helpSections(): readonly string[] {
    return this.#helpSections;
  }

  /** Makes an error that ends in a pointer to this command's help. kubectl's `UsageErrorf`. */
  usageError(message: string): UsageError {
    return new UsageError(`${message}\nSee '${commandPath(this)} -h' for help and examples`);
  }

  #visitor(operands: string[]): FlagVisitor<Option> {
    return {
      longFlag: (name) => this.options.find(({ long }) => long === `--${name.replaceAll("_", "-")}`),
      shortFlag: (letters) =>
        isGoTestFlag(letters)
          ? undefined
          : this.options.find(({ short }) => short === `-${letters.charAt(0)}`),
      valueAlone: (option) => boundFlag(option)?.alone ?? (isBoolean(option) ? "true" : undefined),
      flag: (option, value) => this.#set(option, value),
      argument: (text) => operands.push(text),
      end: (rest) => {
        rest.forEach((text) => operands.push(text));
      },
      otherLong: (arg) => {
        throw unknownFlag(arg);
      },
      otherShort: (letters) => {
        if (isGoTestFlag(letters)) {
          return "";
        }
        throw unknownShorthand(letters);
      },
    };
  }

  #set(option: Option, text: string): void {
    const name = option.attributeName();
    try {
      this.setOptionValueWithSource(name, parseValue(option, text, this.#earlierValue(option)), "cli");
    } catch (error) {
      // A bound flag has said already which one it is.
      if (isInvalidArgument(error) && !(error instanceof PflagError)) {
        const flags = option.short === undefined ? option.long : `${option.short}, ${option.long}`;
        throw invalidValue(flags ?? "", text, error.message);
      }
      throw error;
    }
  }

  /** Returns the value before a repetition. A repeatable option adds to the values given before, not to its default. */
  #earlierValue(option: Option): unknown {
    const name = option.attributeName();
    return this.getOptionValueSource(name) === "cli" ? this.getOptionValue(name) : undefined;
  }
}

function parseValue(option: Option, text: string, earlier: unknown): unknown {
  if (isBoolean(option)) {
    return parseGoBool(text) !== option.negate;
  }
  if (option.variadic) {
    return [...(Array.isArray(earlier) ? earlier : []), text];
  }
  const parse: ((value: string, previous: unknown) => unknown) | undefined = option.parseArg;
  return parse === undefined ? text : parse(text, earlier);
}

/** Reports whether a flag is one of Go's test runner, such as `-test.v`: pflag ignores those. */
function isGoTestFlag(letters: string): boolean {
  return letters.startsWith("test.");
}

/** Returns the words that call a command, such as `kcfg view`. */
export function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}
