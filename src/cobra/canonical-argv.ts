import type { Command, Option } from "commander";
import type { Bound } from "./command-path.ts";
import { CommandPath } from "./command-path.ts";
import { isBoolean, takeValues } from "./commander-options.ts";
import { unknownShorthand } from "./pflag-error.ts";
import type { FlagVisitor } from "./read-argv.ts";
import { readArgv } from "./read-argv.ts";

/**
 * Rewrites an argv so that commander parses it as pflag would: each flag that is bound to the command becomes one argument
 * of the form `--flag=value`. Everything else is unchanged: options and their values are recognised as commander does, for
 * the options of the command and of its subcommands.
 *
 * @throws PflagError for a flag whose value is missing or invalid, or that is joined to an unknown letter
 */
export function canonicalArgv(command: Command, argv: readonly string[]): string[] {
  const canonical = new CanonicalArgv(command);
  readArgv(argv, canonical);
  return canonical.args;
}

class CanonicalArgv implements FlagVisitor<Bound> {
  readonly args: string[] = [];
  readonly #path: CommandPath;
  /** Where to move flags that their command would not parse at their position. */
  #insertAt = 0;

  constructor(owner: Command) {
    this.#path = new CommandPath(owner);
  }

  longFlag(name: string): Bound | undefined {
    return this.#path.flag(({ long }) => long === `--${name}`);
  }

  shortFlag(letters: string): Bound | undefined {
    return this.#path.flag(({ short }) => short === `-${letters.charAt(0)}`);
  }

  valueAlone({ alone }: Bound): string | undefined {
    return alone;
  }

  flag({ option, check }: Bound, value: string): void {
    check(value);
    const arg = `${option.long}=${value}`;
    if (this.#path.isBeyondOwner) {
      this.args.splice(this.#insertAt++, 0, arg);
    } else {
      this.#add([arg]);
    }
  }

  argument(text: string, rest: string[]): void {
    if (this.#path.enter(text)) {
      this.#add([text]);
    } else {
      this.#stay(text, rest);
      this.#path.endNames();
    }
  }

  end(rest: readonly string[]): void {
    this.#add(["--", ...rest]);
  }

  otherLong(arg: string, rest: string[]): void {
    const [name] = arg.split("=", 1);
    const option = this.#path.other(({ long }) => long === name);
    if (option === undefined) {
      this.#stay(arg, rest);
    } else {
      this.#option(option, [arg, `${arg}=`], arg === name ? takeValues(option, rest) : [], rest);
    }
  }

  otherShort(letters: string, rest: string[], cluster: string): string {
    const option = this.#otherOfLetter(letters);
    const tail = letters.slice(1);
    const arg = `-${letters}`;
    if (option === undefined) {
      this.#refuseBehindFlag(letters, cluster);
      this.#stay(arg, rest);
    } else if (isBoolean(option) && (this.#path.isOfOwner(option) || this.#leadsToFlag(tail))) {
      this.#option(option, [arg.slice(0, 2), ""], [], rest);
      return tail;
    } else {
      this.#option(option, [arg, arg], tail === "" ? takeValues(option, rest) : [], rest);
    }
    return "";
  }

  #add(args: readonly string[]): void {
    args.forEach((arg) => this.args.push(arg));
    if (!this.#path.isBeyondOwner) {
      this.#insertAt = this.args.length;
    }
  }

  /** Adds an argument, or an unknown option. */
  #stay(arg: string, rest: string[]): void {
    this.#path.enterDefault();
    this.#add([arg, ...(this.#path.passesThrough ? rest.splice(0) : [])]);
  }

  /**
   * Adds one of commander's own options with its values. If the option is a subcommand's, the owner of the flags would
   * parse a value that looks like a flag, or like `--`, as such: such a value is joined to the option.
   */
  #option(
    option: Option,
    [arg, joint]: readonly [alone: string, joint: string],
    values: readonly string[],
    rest: string[],
  ): void {
    if (!this.#path.isOfCurrent(option)) {
      this.#path.enterDefault();
    }
    const ends = values[0] === "--";
    const isInTheWay =
      !this.#path.isOfOwner(option) &&
      (ends ? rest : values).some((value) => this.#path.looksLikeFlag(value));
    this.#add(isInTheWay ? values.map((value) => joint + value) : [arg, ...values]);
    if (ends && !isInTheWay && !this.#path.isOfOwner(option)) {
      this.#add(rest.splice(0));
    }
  }

  #otherOfLetter(letters: string): Option | undefined {
    return this.#path.other(({ short }) => short === `-${letters.charAt(0)}`);
  }

  /** Reports whether a cluster contains a flag after booleans only. */
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

  /** Refuses a letter behind a flag: commander would parse the 0 of -k0 as a number. */
  #refuseBehindFlag(letters: string, cluster: string): void {
    const before = cluster.slice(0, cluster.length - letters.length);
    if (Array.from(before).some((letter) => this.shortFlag(letter) !== undefined)) {
      throw unknownShorthand(letters);
    }
  }
}
