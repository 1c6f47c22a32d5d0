import type { Command } from "commander";

/** Settings of a commander command that it has methods to make, and none to ask for. */
interface CommanderState {
  readonly _enablePositionalOptions?: unknown;
  readonly _passThroughOptions?: unknown;
  readonly _defaultCommandName?: unknown;
}

/** Whether a command takes options only before the name of a subcommand: `enablePositionalOptions()`. */
export function hasPositionalOptions(command: Command): boolean {
  return (command as CommanderState)._enablePositionalOptions === true || hasPassThrough(command);
}

/** Whether a command takes options only before its first argument: `passThroughOptions()`. */
export function hasPassThrough(command: Command): boolean {
  return (command as CommanderState)._passThroughOptions === true;
}

/** The subcommand that an argument names. */
export function subcommandNamed(command: Command, word: string | undefined): Command | undefined {
  return command.commands.find((candidate) =>
    [candidate.name(), ...candidate.aliases()].some((name) => name === word),
  );
}

/** The subcommand that runs when none is named: `command(…, { isDefault: true })`. */
export function defaultSubcommand(command: Command): Command | undefined {
  const name = (command as CommanderState)._defaultCommandName;
  return typeof name === "string" ? subcommandNamed(command, name) : undefined;
}
