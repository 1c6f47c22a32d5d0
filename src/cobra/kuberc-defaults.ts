import type { Command } from "commander";
import type { CommandDefaults } from "../api/preference.ts";
import { goQuote } from "../go/quote.ts";
import { fields } from "../go/space.ts";
import { KubercError } from "../errors.ts";
import type { AppliedAliases } from "./kuberc-aliases.ts";
import { resolveCommand } from "./resolve-command.ts";
import { setOptions } from "./set-option.ts";

/**
 * Gives the command that an argv calls the default values of a kuberc. kubectl's `applyOverrides`. As there, commands
 * are compared by their own names: defaults of `config view` are given to every command called `view`, and a command
 * that is called by an alias gets none.
 *
 * @param warn - told of defaults for a command that does not exist
 * @throws KubercError in kubectl's words
 */
export function applyDefaults(
  program: Command,
  defaults: readonly CommandDefaults[],
  { argv, alias, names }: AppliedAliases,
  warn: (text: string) => void,
): void {
  const called = resolveCommand(program, argv, alias);
  if (called === undefined) {
    return;
  }
  for (const { command, options } of defaults) {
    const meant = resolveCommand(program, fields(command), alias);
    if (meant === undefined) {
      warn(`Warning: command ${goQuote(command)} not found to set kuberc override`);
    } else if (meant.name === called.name) {
      if (names.has(called.name)) {
        throw new KubercError(`alias ${called.name} can not be overridden`);
      }
      setOptions(called.command, options, argv, {
        unknown: (name) => `invalid flag ${name} for command ${command}`,
        refused: (name, value) =>
          `could not apply override value ${value} to flag ${name} in command ${command}`,
      });
    }
  }
}
