import type { Command, Option } from "commander";
import { subcommandNamed } from "./commander-state.ts";

/** The command that an argv calls, and what is left of the argv without the command's words. */
export interface FoundCommand<T extends Command> {
  readonly command: T | Command;
  readonly rest: readonly string[];
}

/**
 * Finds which command an argv calls, as cobra does: the first argument that is neither a flag nor the value of one
 * names a command, the next such argument one of that command's own commands, and so on as long as there is one of that
 * name. Flags may stand before each.
 *
 * @returns the command and the argv without its words; the program itself when no command is named
 */
export function findCommand<T extends Command>(program: T, argv: readonly string[]): FoundCommand<T> {
  let found: FoundCommand<T> = { command: program, rest: argv };
  for (;;) {
    const { command, rest } = found;
    const index = operandIndex(command, rest);
    const next = subcommandNamed(command, rest[index]);
    if (next === undefined) {
      return found;
    }
    found = { command: next, rest: rest.toSpliced(index, 1) };
  }
}

/** Where the first argument stands that is neither a flag of the command nor the value of one; -1 if nowhere. */
export function operandIndex(command: Command, argv: readonly string[]): number {
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? "";
    if (arg === "--") {
      return -1;
    }
    if (!arg.startsWith("-") && arg !== "") {
      return i;
    }
    if (arg.startsWith("-") && !arg.includes("=") && takesValue(command, arg)) {
      i++;
    }
  }
  return -1;
}

/** The options that a command takes, those of the commands above it included. */
export function* optionsOf(
  command: Command,
): Generator<{ readonly owner: Command; readonly option: Option }> {
  for (let owner: Command | null = command; owner !== null; owner = owner.parent) {
    for (const option of owner.options) {
      yield { owner, option };
    }
  }
}

/** A single letter, which to Go is one byte. */
const LETTER = /^-[\0-\x7f]$/;

/** A flag that the command does not know is taken to have a value; a cluster such as `-ojson` holds its own. */
function takesValue(command: Command, flag: string): boolean {
  if (!flag.startsWith("--") && !LETTER.test(flag)) {
    return false;
  }
  for (const { option } of optionsOf(command)) {
    if (option.long === flag || option.short === flag) {
      return option.required;
    }
  }
  return true;
}
