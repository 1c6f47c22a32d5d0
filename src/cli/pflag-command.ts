import type { Option, ParseOptionsResult } from "commander";
import { Command, InvalidArgumentError } from "commander";
import { goQuote } from "../codec/go-quote.ts";
import { parseGoBool } from "./go-values.ts";
import { UsageError } from "./usage-error.ts";

/**
 * A commander command whose options are parsed as pflag, the flag library of kubectl, parses them: `--flag value`,
 * `--flag=value`, `-fvalue`, `-f=value`, `-f value`; a boolean takes its value only after `=`, as a Go boolean; options
 * and arguments may be mixed; `--` ends the options; the last of repeated options counts; `_` in a name is as good as
 * `-`. Values stay whatever they are, even if they begin with `-`.
 */
export class PflagCommand extends Command {
  /**
   * @throws UsageError in pflag's words
   * @throws CommanderError with exit code 0 after the help was shown
   */
  override parseOptions(argv: readonly string[]): ParseOptionsResult {
    const operands: string[] = [];
    const rest = [...argv];
    for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
      if (arg === "--") {
        operands.push(...rest.splice(0));
      } else if (arg.startsWith("--")) {
        this.#parseLong(arg.slice(2), rest);
      } else if (arg.startsWith("-") && arg !== "-") {
        this.#parseShort(arg.slice(1), rest);
      } else {
        operands.push(arg);
      }
    }
    if (this.getOptionValue("help") === true) {
      this.help();
    }
    return { operands, unknown: [] };
  }

  /** An error that ends in a pointer to this command's help. kubectl's `UsageErrorf`. */
  usageError(message: string): UsageError {
    return new UsageError(`${message}\nSee '${commandPath(this)} -h' for help and examples`);
  }

  #parseLong(text: string, rest: string[]): void {
    if (text.startsWith("-") || text.startsWith("=")) {
      throw this.#flagError(`bad flag syntax: --${text}`);
    }
    const equals = text.indexOf("=");
    const name = equals === -1 ? text : text.slice(0, equals);
    const option = this.options.find(({ long }) => long === `--${name.replaceAll("_", "-")}`);
    if (option === undefined) {
      throw this.#flagError(`unknown flag: --${name}`);
    }
    const value = equals === -1 ? valueOf(option, rest) : text.slice(equals + 1);
    if (value === undefined) {
      throw this.#flagError(`flag needs an argument: --${name}`);
    }
    this.#set(option, value);
  }

  #parseShort(cluster: string, rest: string[]): void {
    for (let letters = cluster; letters !== "";) {
      const letter = letters.charAt(0);
      const option = this.options.find(({ short }) => short === `-${letter}`);
      if (option === undefined) {
        throw this.#flagError(`unknown shorthand flag: '${firstByte(letters)}' in -${letters}`);
      }
      const tail = letters.slice(1);
      letters = "";
      if (tail.length > 1 && tail.startsWith("=")) {
        this.#set(option, tail.slice(1));
      } else if (isBoolean(option)) {
        this.#set(option, "true");
        letters = tail;
      } else {
        const value = tail === "" ? rest.shift() : tail;
        if (value === undefined) {
          throw this.#flagError(`flag needs an argument: '${letter}' in -${letter}`);
        }
        this.#set(option, value);
      }
    }
  }

  #set(option: Option, text: string): void {
    const name = option.attributeName();
    try {
      this.setOptionValueWithSource(name, parseValue(option, text, this.#earlierValue(option)), "cli");
    } catch (error) {
      if (error instanceof InvalidArgumentError) {
        const flags = option.short === undefined ? option.long : `${option.short}, ${option.long}`;
        throw this.#flagError(
          `invalid argument ${goQuote(text)} for ${goQuote(flags ?? "")} flag: ${error.message}`,
        );
      }
      throw error;
    }
  }

  /** A repeatable option adds to what was given before, not to its default. */
  #earlierValue(option: Option): unknown {
    const name = option.attributeName();
    return this.getOptionValueSource(name) === "cli" ? this.getOptionValue(name) : undefined;
  }

  #flagError(message: string): UsageError {
    return new UsageError(`${message}\nSee '${commandPath(this)} --help' for usage.`);
  }
}

/** The value of an option that was given without `=`; undefined when it needs one and there is none. */
function valueOf(option: Option, rest: string[]): string | undefined {
  return isBoolean(option) ? "true" : rest.shift();
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

/** The words that one types to call a command, such as `kcfg view`. */
export function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}

/** commander's own `isBoolean` leaves out options such as `--no-headers`. */
function isBoolean(option: Option): boolean {
  return !option.required && !option.optional;
}

/** pflag looks at bytes: of a letter beyond ASCII it names the first, as a character of Latin-1. */
function firstByte(text: string): string {
  return Buffer.from(text).toString("latin1").charAt(0);
}
