import type { Command, Option } from "commander";

/** The properties of an option that is parsed as a pflag flag, unlike commander's own options. */
export interface BoundFlag {
  /** The value of the flag when it is given without one; undefined for a flag that requires a value. */
  readonly alone: string | undefined;
  /** Checks a value. @throws PflagError for an invalid value */
  readonly check: (value: string) => unknown;
}

const boundOptions = new WeakMap<Option, BoundFlag>();

/** Marks an option to be parsed as a pflag flag. */
export function markAsBound(option: Option, flag: BoundFlag): void {
  boundOptions.set(option, flag);
}

/** Returns the pflag properties of an option; undefined for one of commander's own. */
export function boundFlag(option: Option): BoundFlag | undefined {
  return boundOptions.get(option);
}

const pflagCommands = new WeakSet<Command>();

/** Marks a command whose options are all parsed as pflag does, including those that are bound to it. */
export function markAsPflagCommand(command: Command): void {
  pflagCommands.add(command);
}

/** Reports whether a command parses all its options as pflag does. */
export function isPflagCommand(command: Command): boolean {
  return pflagCommands.has(command);
}
