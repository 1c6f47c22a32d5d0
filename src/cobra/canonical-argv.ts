import type { Command, Option, ParseOptionsResult } from "commander";
import { boundFlag } from "./bound-options.ts";
import type { Bound, Step } from "./command-path.ts";
import { CommandPath } from "./command-path.ts";
import { isBoolean, takeValues } from "./commander-options.ts";
import { PflagError, unknownShorthand } from "./pflag-error.ts";
import type { FlagVisitor } from "./read-argv.ts";
import { readArgv } from "./read-argv.ts";

/** An argv that commander parses as pflag would. */
export interface CanonicalArgv {
  readonly args: string[];
  /** Puts back into what commander has made of the argv what it was not to see. */
  restore(result: ParseOptionsResult): ParseOptionsResult;
}

/**
 * Rewrites an argv so that commander parses it as pflag would: each flag that is bound to the command becomes one argument
 * of the form `--flag=value`. Everything else is unchanged: options and their values are recognised as commander does, for
 * the options of the command and of its subcommands.
 *
 * An option of the subcommand that runs goes before a flag of the same name, wherever it is: cobra, too, first finds the
 * command and then has that one parse all flags. Such an option is hidden from the command that has the flags.
 *
 * @param words - the arguments before the argv, which may name subcommands
 * @throws PflagError for a flag whose value is missing or invalid, or that is joined to an unknown letter
 */
export function canonicalArgv(
  command: Command,
  words: readonly string[],
  argv: readonly string[],
): CanonicalArgv {
  return read(new CommandPath(command, findPath(command, words, argv)), words, argv);
}

/** Finds the subcommands that an argv names. Faults of the argv are reported when it is written. */
function findPath(command: Command, words: readonly string[], argv: readonly string[]): readonly Step[] {
  const path = new CommandPath(command);
  try {
    read(path, words, argv);
    path.enterDefault();
  } catch (error) {
    if (!(error instanceof PflagError)) {
      throw error;
    }
  }
  return path.steps;
}

function read(path: CommandPath, words: readonly string[], argv: readonly string[]): CanonicalWriter {
  const writer = new CanonicalWriter(path, words, argv.length);
  readArgv(argv, writer);
  return writer;
}

/** Begins an argument that replaces others. No argument of a process contains it. */
const HIDDEN = "--\0";

class CanonicalWriter implements FlagVisitor<Bound>, CanonicalArgv {
  readonly args: string[] = [];
  readonly #path: CommandPath;
  readonly #length: number;
  /** Where to move flags that their command would not parse at their position. */
  #insertAt = 0;
  readonly #hidden: (readonly string[])[] = [];
  /** Arguments for subcommands that are not named yet, by the number of subcommands that have to be entered before. */
  readonly #early: { readonly steps: number; readonly arg: string }[] = [];

  /**
   * @param words - the arguments before the argv, which may name subcommands
   * @param length - of the argv
   */
  constructor(path: CommandPath, words: readonly string[], length: number) {
    this.#path = path;
    this.#length = length;
    for (const word of words) {
      if (!path.enter(word, -1)) {
        path.endNames();
      }
    }
  }

  restore({ operands, unknown }: ParseOptionsResult): ParseOptionsResult {
    const shown = (arg: string): readonly string[] =>
      arg.startsWith(HIDDEN) ? (this.#hidden[Number(arg.slice(HIDDEN.length))] ?? []) : [arg];
    return { operands: operands.flatMap(shown), unknown: unknown.flatMap(shown) };
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
    if (this.#path.isKnown) {
      check(value);
    }
    const arg = `${option.long}=${value}`;
    if (this.#path.isBeyondOwner) {
      this.args.splice(this.#insertAt++, 0, arg);
    } else {
      this.#add([arg]);
    }
  }

  argument(text: string, rest: string[]): void {
    if (this.#path.enter(text, this.#length - rest.length - 1)) {
      this.#add([text]);
      this.#addEarly();
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
      this.#option(option, [arg, `${arg}=`], arg === name ? this.#takeValues(option, rest) : [], rest);
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
      const last = this.#lastOfCluster(letters);
      this.#option(option, [arg, arg], last === undefined ? [] : this.#takeValues(last, rest), rest);
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

  /** Removes an option's values from the rest, but never the name of a subcommand. */
  #takeValues(option: Option, rest: string[]): readonly string[] {
    const bound = boundFlag(option);
    if (bound !== undefined) {
      return bound.alone === undefined ? rest.splice(0, 1) : [];
    }
    const wordAt = this.#path.nextWordAt ?? -1;
    const before = wordAt === -1 ? rest : rest.splice(0, wordAt - (this.#length - rest.length));
    const values = takeValues(option, before);
    if (before !== rest) {
      rest.unshift(...before);
    }
    return values;
  }

  /**
   * Adds one of commander's own options with its values. If the option is a subcommand's, the owner of the flags would
   * parse a value that looks like a flag, or like `--`, as such: such a value is joined to the option. The option itself
   * is hidden if it looks like a flag.
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
    if (!this.#path.isOfOwner(option) && !this.#path.isBeyondOwner && this.#path.looksLikeFlag(arg)) {
      this.#hide(option, [arg, ...values]);
      return;
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

  /** Adds arguments for a subcommand that the owner of the flags must not parse, after the name of that subcommand. */
  #hide(option: Option, args: readonly string[]): void {
    const arg = `${HIDDEN}${this.#hidden.push(args) - 1}`;
    const steps = this.#path.stepsTo(option);
    if (steps === 0) {
      this.#add([arg]);
    } else {
      this.#early.push({ steps: this.#path.steps.length + steps, arg });
    }
  }

  #addEarly(): void {
    const entered = this.#path.steps.length;
    this.#add(this.#early.filter(({ steps }) => steps === entered).map(({ arg }) => arg));
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

  /** Finds the option at the end of a cluster whose value is the next argument. */
  #lastOfCluster(letters: string): Option | undefined {
    const option = this.#otherOfLetter(letters);
    const tail = letters.slice(1);
    if (option === undefined || tail === "") {
      return option;
    }
    return isBoolean(option) ? this.#lastOfCluster(tail) : undefined;
  }

  /** Refuses a letter behind a flag: commander would parse the 0 of -k0 as a number. */
  #refuseBehindFlag(letters: string, cluster: string): void {
    const before = cluster.slice(0, cluster.length - letters.length);
    if (Array.from(before).some((letter) => this.shortFlag(letter) !== undefined)) {
      throw unknownShorthand(letters);
    }
  }
}
