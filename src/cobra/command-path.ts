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

type Matches = (option: Option) => boolean;

/** The path from a command that has flags through the subcommands that an argv names, and the options on it. */
export class CommandPath {
  readonly #owner: Command;
  readonly #entered: Command[] = [];
  /** Whether an argument was not the name of a subcommand. */
  #hasArgument = false;

  constructor(owner: Command) {
    this.#owner = owner;
  }

  /** Whether the owner no longer parses the rest: it has positional options, and a subcommand was entered. */
  get isBeyondOwner(): boolean {
    return this.#entered.length > 0 && hasPositionalOptions(this.#owner);
  }

  /** Whether the last entered command passes everything after an argument through. */
  get passesThrough(): boolean {
    return hasPassThrough(this.#current);
  }

  /** Enters the subcommand of that name, if an argument may name one here and it exists; returns whether it did. */
  enter(name: string): boolean {
    const subcommand = this.#hasArgument ? undefined : subcommandNamed(this.#current, name);
    if (subcommand !== undefined) {
      this.#entered.push(subcommand);
    }
    return subcommand !== undefined;
  }

  /** Enters the default subcommand, when an argument is not for the command above. */
  enterDefault(): void {
    const subcommand = this.#hasArgument ? undefined : defaultSubcommand(this.#current);
    if (subcommand !== undefined) {
      this.#entered.push(subcommand);
    }
  }

  /** Records an argument, so that no later one names a subcommand. */
  endNames(): void {
    this.#hasArgument = true;
  }

  /** Finds a flag of the owner; a subcommand's option of that name takes precedence where the owner does not parse. */
  flag(matches: Matches): Bound | undefined {
    const option = this.#owner.options.find(matches);
    const flag = option && boundFlag(option);
    return option === undefined || flag === undefined || (this.isBeyondOwner && this.#onPath(matches))
      ? undefined
      : { ...flag, option };
  }

  /** Finds an option that is not a flag: the owner's, else of a subcommand on the path, else of any subcommand below. */
  other(matches: Matches): Option | undefined {
    return (
      (this.isBeyondOwner ? undefined : this.#owner.options.find(matches)) ??
      this.#onPath(matches) ??
      optionsBelow(this.#current).find(matches)
    );
  }

  isOfOwner(option: Option): boolean {
    return this.#owner.options.includes(option);
  }

  isOfCurrent(option: Option): boolean {
    return this.#current.options.includes(option);
  }

  /** Reports whether the owner would parse an argument as one of its flags. */
  looksLikeFlag(arg: string): boolean {
    const [name] = arg.split("=", 1);
    return this.#owner.options.some(
      (option) =>
        boundFlag(option) !== undefined && (option.long === name || option.short === arg.slice(0, 2)),
    );
  }

  get #current(): Command {
    return this.#entered.at(-1) ?? this.#owner;
  }

  #onPath(matches: Matches): Option | undefined {
    return this.#entered.flatMap(({ options }) => options).findLast(matches);
  }
}
