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

/** A flag as the option that it is of its command. */
export interface Bound extends BoundFlag {
  readonly option: Option;
}

type Matches = (option: Option) => boolean;

/** The way from a command that has flags through the subcommands that an argv names, and the options along it. */
export class CommandPath {
  readonly #owner: Command;
  readonly #entered: Command[] = [];
  /** Whether there was an argument that is not the name of a subcommand. */
  #hasArgument = false;

  constructor(owner: Command) {
    this.#owner = owner;
  }

  /** Whether the owner does not look at what follows now: it has positional options, and a subcommand was entered. */
  get isBeyondOwner(): boolean {
    return this.#entered.length > 0 && hasPositionalOptions(this.#owner);
  }

  /** Whether the command that was entered last takes all that follows an argument as it is. */
  get passesThrough(): boolean {
    return hasPassThrough(this.#current);
  }

  /** Enters the subcommand of a name, if an argument can name one here and one has it; false if not. */
  enter(name: string): boolean {
    const subcommand = this.#hasArgument ? undefined : subcommandNamed(this.#current, name);
    if (subcommand !== undefined) {
      this.#entered.push(subcommand);
    }
    return subcommand !== undefined;
  }

  /** Enters the subcommand that runs by default, as something is met that is not for the one above. */
  enterDefault(): void {
    const subcommand = this.#hasArgument ? undefined : defaultSubcommand(this.#current);
    if (subcommand !== undefined) {
      this.#entered.push(subcommand);
    }
  }

  /** Takes it that there was an argument, so that none that follows names a subcommand. */
  endNames(): void {
    this.#hasArgument = true;
  }

  /** A flag of the owner; a subcommand's option of that name goes first where the owner does not look. */
  flag(matches: Matches): Bound | undefined {
    const option = this.#owner.options.find(matches);
    const flag = option && boundFlag(option);
    return option === undefined || flag === undefined || (this.isBeyondOwner && this.#onPath(matches))
      ? undefined
      : { ...flag, option };
  }

  /** An option that is no flag: the owner's, or that of a subcommand on the path, or, failing that, of any below. */
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

  /** Whether the owner, if it looked at an argument, would take it for one of its flags. */
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
