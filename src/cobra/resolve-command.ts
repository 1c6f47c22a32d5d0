import type { Command } from "commander";
import { findCommand, operandIndex } from "./find-command.ts";

/** A name that a kuberc puts beside the commands of a program. */
export interface CommandAlias {
  readonly name: string;
  readonly command: Command;
}

/**
 * Finds the command that an argv calls, and the name that it goes by. cobra's `Find` with its check of arguments: a word
 * that names no command is an argument, except to a program that has commands and takes no arguments itself.
 *
 * @returns undefined when there is no such command
 */
export function resolveCommand(
  program: Command,
  argv: readonly string[],
  alias?: CommandAlias,
): { readonly command: Command; readonly name: string } | undefined {
  const { command, rest } = findCommand(program, argv);
  if (command !== program) {
    return { command, name: command.name() };
  }
  const index = operandIndex(program, rest);
  if (alias !== undefined && rest[index] === alias.name) {
    const found = findCommand(alias.command, rest.toSpliced(index, 1)).command;
    return { command: found, name: found === alias.command ? alias.name : found.name() };
  }
  const takesArguments = program.commands.length === 0 || program.registeredArguments.length > 0;
  return index === -1 || takesArguments ? { command, name: command.name() } : undefined;
}
