import type { Command, Option } from "commander";
import type { BoundFlag } from "./bound-options.ts";
import { boundFlag } from "./bound-options.ts";
import { optionsBelow } from "./commander-options.ts";
import {
  defaultSubcommand,
  hasPassThrough,
  hasPositionalOptions,
  subcommandNamed,
} from "./commander-state.ts";

/** A flag together with its option. */
export interface Bound extends BoundFlag {
  readonly option: Option;
}

/** A subcommand on a path. */
export interface Step {
  readonly command: Command;
  /** The index of its word in the argv; -1 if it was named before the argv begins, or runs by default. */
  readonly at: number;
}

type Matches = (option: Option) => boolean;

/** The path from a command that has flags through the subcommands that an argv names, and the options on it. */
export class CommandPath {
  readonly #owner: Command;
  /** The whole path, if it is known; otherwise subcommands are found by their names as the argv is read. */
  readonly #ahead: readonly Step[] | undefined;
  readonly #entered: Step[] = [];
  /** Whether an argument was not the name of a subcommand. */
  #hasArgument = false;

  constructor(owner: Command, ahead?: readonly Step[]) {
    this.#owner = owner;
    this.#ahead = ahead;
  }

  /** The subcommands that were entered. */
  get steps(): readonly Step[] {
    return this.#entered;
  }

  /** Whether the whole path is known. */
  get isKnown(): boolean {
    return this.#ahead !== undefined;
  }

  /** Whether the owner no longer parses the rest: it has positional options, and a subcommand was entered. */
  get isBeyondOwner(): boolean {
    return this.#entered.length > 0 && hasPositionalOptions(this.#owner);
  }

  /** Whether the last entered command passes everything after an argument through. */
  get passesThrough(): boolean {
    return hasPassThrough(this.#current);
  }

  /** The index in the argv of the next subcommand's word; undefined if there is none, or it is not known. */
  get nextWordAt(): number | undefined {
    return this.#ahead?.[this.#entered.length]?.at;
  }

  /** Enters the subcommand that an argument names, if it may name one here and it exists; returns whether it did. */
  enter(name: string, at: number): boolean {
    const step = this.#ahead === undefined ? this.#named(name, at) : this.#ahead[this.#entered.length];
    if (step?.at !== at) {
      return false;
    }
    this.#entered.push(step);
    return true;
  }

  /** Enters the default subcommand, when an argument is not for the command above. */
  enterDefault(): void {
    const subcommand = this.#hasArgument ? undefined : defaultSubcommand(this.#current);
    if (subcommand !== undefined && (this.nextWordAt ?? -1) === -1) {
      this.#entered.push({ command: subcommand, at: -1 });
    }
  }

  /** Records an argument, so that no later one names a subcommand. */
  endNames(): void {
    this.#hasArgument = true;
  }

  /** Finds a flag of the owner, unless a subcommand on the path has an option of that name: as in cobra, that one wins. */
  flag(matches: Matches): Bound | undefined {
    const option = this.#owner.options.find(matches);
    const flag = option && boundFlag(option);
    return option === undefined || flag === undefined || this.#onPath(matches) !== undefined
      ? undefined
      : { ...flag, option };
  }

  /** Finds an option that is not a flag: the owner's, else of a subcommand on the path, else of any subcommand below. */
  other(matches: Matches): Option | undefined {
    const own = this.isBeyondOwner
      ? undefined
      : this.#owner.options.find((option) => matches(option) && boundFlag(option) === undefined);
    return own ?? this.#onPath(matches) ?? optionsBelow(this.#current).find(matches);
  }

  isOfOwner(option: Option): boolean {
    return this.#owner.options.includes(option);
  }

  isOfCurrent(option: Option): boolean {
    return this.#current.options.includes(option);
  }

  /** Returns how many subcommands have to be entered before the option is known; 0 if it is, or belongs to none of them. */
  stepsTo(option: Option): number {
    const index = this.#ahead?.findIndex(({ command }) => command.options.includes(option)) ?? -1;
    return Math.max(0, index + 1 - this.#entered.length);
  }

  /** Reports whether the owner would parse an argument as one of its flags. */
  looksLikeFlag(arg: string): boolean {
    const [name] = arg.split("=", 1);
    return this.#owner.options.some(
      (option) =>
        boundFlag(option) !== undefined && (option.long === name || option.short === arg.slice(0, 2)),
    );
  }

  #named(name: string, at: number): Step | undefined {
    const command = this.#hasArgument ? undefined : subcommandNamed(this.#current, name);
    return command && { command, at };
  }

  get #current(): Command {
    return this.#entered.at(-1)?.command ?? this.#owner;
  }

  /** Finds an option of the subcommands; where a position counts, of those that were entered. */
  #onPath(matches: Matches): Option | undefined {
    const steps = hasPositionalOptions(this.#owner) ? this.#entered : (this.#ahead ?? this.#entered);
    return steps.flatMap(({ command }) => command.options).findLast(matches);
  }
}
