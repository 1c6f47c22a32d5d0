import type { Command } from "commander";

/** Settings of a commander command that have setters but no getters. */
interface CommanderState {
  readonly _enablePositionalOptions?: unknown;
  readonly _passThroughOptions?: unknown;
  readonly _defaultCommandName?: unknown;
}

/** Reports whether a command parses options only before the name of a subcommand: `enablePositionalOptions()`. */
export function hasPositionalOptions(command: Command): boolean {
  return (command as CommanderState)._enablePositionalOptions === true || hasPassThrough(command);
}

/** Reports whether a command parses options only before its first argument: `passThroughOptions()`. */
export function hasPassThrough(command: Command): boolean {
  return (command as CommanderState)._passThroughOptions === true;
}

/** Returns the subcommand that an argument names. */
export function subcommandNamed(command: Command, word: string | undefined): Command | undefined {
  return command.commands.find((candidate) =>
    [candidate.name(), ...candidate.aliases()].some((name) => name === word),
  );
}

/** Returns the subcommand that runs when none is named: `command(…, { isDefault: true })`. */
export function defaultSubcommand(command: Command): Command | undefined {
  const name = (command as CommanderState)._defaultCommandName;
  return typeof name === "string" ? subcommandNamed(command, name) : undefined;
}
