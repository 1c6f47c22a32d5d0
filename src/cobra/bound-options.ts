import type { Command, Option } from "commander";

/** What sets an option that is read as a flag of pflag apart from commander's own. */
export interface BoundFlag {
  /** The value of the flag when it is given alone; undefined for a flag that must have one. */
  readonly alone: string | undefined;
  /** @throws PflagError for a value that the flag cannot have */
  readonly check: (value: string) => unknown;
}

const boundOptions = new WeakMap<Option, BoundFlag>();

/** Has an option read as a flag of pflag. */
export function markAsBound(option: Option, flag: BoundFlag): void {
  boundOptions.set(option, flag);
}

/** What an option is as a flag of pflag; undefined for one of commander's own. */
export function boundFlag(option: Option): BoundFlag | undefined {
  return boundOptions.get(option);
}

const pflagCommands = new WeakSet<Command>();

/** Says that a command reads all its options as pflag does, those that are bound to it included. */
export function markAsPflagCommand(command: Command): void {
  pflagCommands.add(command);
}

/** Whether a command reads all its options as pflag does. */
export function isPflagCommand(command: Command): boolean {
  return pflagCommands.has(command);
}
