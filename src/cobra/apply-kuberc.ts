import type { Command } from "commander";
import type { Preference } from "../api/preference.ts";
import type { Filepath } from "../go/filepath.ts";
import { applyAliases } from "./kuberc-aliases.ts";
import { applyDefaults } from "./kuberc-defaults.ts";
import { operandIndex } from "./find-command.ts";
import { validatePreference } from "../kuberc/validate-preference.ts";

/**
 * Applies the aliases and then the defaults of a kuberc to a program and the arguments that it is about to parse.
 * kubectl's `Preferences.Apply`, except that an alias is replaced by the words of its command, instead of a copy of the
 * command being added under another name.
 *
 * @returns the arguments to parse instead of those given
 * @throws KubercError or PluginPolicyError in kubectl's words
 */
export function applyPreference(
  program: Command,
  preference: Preference,
  argv: readonly string[],
  warn: (text: string) => void,
  filepath: Filepath,
): string[] {
  if (argv.length === 0) {
    return [];
  }
  validatePreference(preference, filepath);
  const applied = applyAliases(program, preference.aliases, argv, warn);
  applyDefaults(program, preference.defaults, applied, warn);
  const { alias } = applied;
  return alias === undefined || operandIndex(program, applied.argv) !== alias.index
    ? [...applied.argv]
    : applied.argv.toSpliced(alias.index, 1, ...wordsOf(alias.command));
}

/** The words that call a command, without the program's name. */
function wordsOf(command: Command): readonly string[] {
  return command.parent === null ? [] : [...wordsOf(command.parent), command.name()];
}
