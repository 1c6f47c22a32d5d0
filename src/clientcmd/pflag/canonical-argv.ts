import type { Command, Option } from "commander";
import type { BoundFlag } from "./bound-options.ts";
import { boundFlag } from "./bound-options.ts";
import { isBoolean, optionsBelow, takeValues } from "./commander-options.ts";
import {
  defaultSubcommand,
  hasPassThrough,
  hasPositionalOptions,
  subcommandNamed,
} from "./commander-state.ts";
import { unknownShorthand } from "./pflag-error.ts";
import type { FlagVisitor } from "./read-argv.ts";
import { readArgv } from "./read-argv.ts";

/**
 * Rewrites an argv so that commander reads it as pflag would: each flag that is bound to the command becomes one argument
 * of the form `--flag=value`. All else stays as it is: what is an option and what the value of one is told as commander
 * tells it, of the options of the command and of its subcommands.
 *
 * @throws PflagError for a flag that lacks its value or cannot have it, or that is joined to a letter of no option
 */
export function canonicalArgv(command: Command, argv: readonly string[]): string[] {
  const canonical = new CanonicalArgv(command);
  readArgv(argv, canonical);
  return canonical.args;
}

interface Bound extends BoundFlag {
  readonly option: Option;
}

type Matches = (option: Option) => boolean;

class CanonicalArgv implements FlagVisitor<Bound> {
  readonly args: string[] = [];
  readonly #owner: Command;
  /** The subcommands that have been entered, one below the other. */
  readonly #path: Command[] = [];
  /** Whether there was an argument that is not the name of a subcommand. */
  #hasArgument = false;
  /** A command with positional options does not look behind the name of a subcommand: flags from there go here. */
  #insertAt: number | undefined;

  constructor(owner: Command) {
    this.#owner = owner;
  }

  longFlag(name: string): Bound | undefined {
    return this.#bound(({ long }) => long === `--${name}`);
  }

  shortFlag(letters: string): Bound | undefined {
    return this.#bound(({ short }) => short === `-${letters.charAt(0)}`);
  }

  valueAlone({ alone }: Bound): string | undefined {
    return alone;
  }

  flag({ option, check }: Bound, value: string): void {
    check(value);
    this.args.splice(this.#insertAt ?? this.args.length, 0, `${option.long}=${value}`);
    if (this.#insertAt !== undefined) {
      this.#insertAt++;
    }
  }

  argument(text: string, rest: string[]): void {
    const subcommand = this.#hasArgument ? undefined : subcommandNamed(this.#command(), text);
    if (subcommand === undefined) {
      this.#stay(text, rest);
      this.#hasArgument = true;
    } else {
      this.#enter(subcommand);
      this.args.push(text);
    }
  }

  end(rest: readonly string[]): void {
    this.args.push("--", ...rest);
  }

  otherLong(arg: string, rest: string[]): void {
    const [name] = arg.split("=", 1);
    const option = this.#other(({ long }) => long === name);
    if (option === undefined) {
      this.#stay(arg, rest);
    } else {
      this.#push(arg, `${arg}=`, option, arg === name ? takeValues(option, rest) : []);
    }
  }

  otherShort(letters: string, rest: string[], cluster: string): string {
    const option = this.#otherOfLetter(letters);
    const tail = letters.slice(1);
    if (option === undefined && letters !== cluster) {
      // commander would take the 0 of -k0 for a number.
      throw unknownShorthand(letters);
    }
    if (option === undefined) {
      this.#stay(`-${letters}`, rest);
    } else if (isBoolean(option) && this.#leadsToFlag(tail)) {
      this.args.push(`-${letters.charAt(0)}`);
      return tail;
    } else {
      this.#push(`-${letters}`, `-${letters}`, option, tail === "" ? takeValues(option, rest) : []);
    }
    return "";
  }

  #command(): Command {
    return this.#path.at(-1) ?? this.#owner;
  }

  #enter(subcommand: Command): void {
    if (hasPositionalOptions(this.#owner)) {
      this.#insertAt ??= this.args.length;
    }
    this.#path.push(subcommand);
  }

  /** Something that neither enters a subcommand nor is a known option: an argument for the default command. */
  #stay(arg: string, rest: string[]): void {
    const byDefault = this.#hasArgument ? undefined : defaultSubcommand(this.#command());
    if (byDefault !== undefined) {
      this.#enter(byDefault);
    }
    this.args.push(arg);
    if (hasPassThrough(this.#command())) {
      this.args.push(...rest.splice(0));
    }
  }

  #bound(matches: Matches): Bound | undefined {
    const option = this.#owner.options.find(matches);
    const flag = option && boundFlag(option);
    return option === undefined ||
      flag === undefined ||
      (this.#insertAt !== undefined && this.#onPath(matches))
      ? undefined
      : { ...flag, option };
  }

  /** An option of commander's own: the command's, or a subcommand's that was entered, or, failing that, of any below. */
  #other(matches: Matches): Option | undefined {
    return (
      (this.#insertAt === undefined ? this.#owner.options.find(matches) : undefined) ??
      this.#onPath(matches) ??
      optionsBelow(this.#command()).find(matches)
    );
  }

  #otherOfLetter(letters: string): Option | undefined {
    return this.#other(({ short }) => short === `-${letters.charAt(0)}`);
  }

  #onPath(matches: Matches): Option | undefined {
    return this.#path.flatMap(({ options }) => options).findLast(matches);
  }

  /** Whether a flag stands in a cluster behind nothing but booleans. */
  #leadsToFlag(letters: string): boolean {
    if (letters === "") {
      return false;
    }
    const option = this.#otherOfLetter(letters);
    return (
      this.shortFlag(letters) !== undefined ||
      (option !== undefined && isBoolean(option) && this.#leadsToFlag(letters.slice(1)))
    );
  }

  /**
   * Adds an option of commander's own with its values. The command would take for its own flag what is a value of a
   * subcommand's option, so that is joined to the option.
   */
  #push(arg: string, joint: string, option: Option, values: readonly string[]): void {
    if (values.some((value) => value.startsWith("-")) && !this.#owner.options.includes(option)) {
      this.args.push(...values.map((value) => joint + value));
    } else {
      this.args.push(arg, ...values);
    }
  }
}
