import type { Command, Option } from "commander";
import { subcommandNamed } from "./commander-state.ts";

/** The command that an argv calls, and the argv without the command's words. */
export interface FoundCommand<T extends Command> {
  readonly command: T | Command;
  readonly rest: readonly string[];
}

/**
 * Finds the command that an argv calls, as cobra does: the first argument that is neither a flag nor a flag's value names
 * a command, the next such argument names a subcommand of it, and so on as long as one of that name exists. Each may be
 * preceded by flags.
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

/** Returns the index of the first argument that is neither a flag of the command nor a flag's value; -1 if there is none. */
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

/** Yields the options of a command, including those of the commands above it. */
export function* optionsOf(
  command: Command,
): Generator<{ readonly owner: Command; readonly option: Option }> {
  for (let owner: Command | null = command; owner !== null; owner = owner.parent) {
    for (const option of owner.options) {
      yield { owner, option };
    }
  }
}

/** A single letter, which is one byte in Go. */
const LETTER = /^-[\0-\x7f]$/;

/** Reports whether the next argument is the flag's value: true for an unknown flag, false for a cluster such as `-ojson`. */
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
