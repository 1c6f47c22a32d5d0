import type { Command } from "commander";
import type { AliasOverride } from "../api/preference.ts";
import { goQuote } from "../go/quote.ts";
import { fields } from "../go/space.ts";
import { KubercError } from "../errors.ts";
import type { CommandAlias } from "./resolve-command.ts";
import { resolveCommand } from "./resolve-command.ts";
import { setOptions } from "./set-option.ts";

/** What became of an argv. */
export interface AppliedAliases {
  /** The argv with the arguments of the alias, still with the name of the alias. */
  readonly argv: readonly string[];
  /** The alias that is called; undefined if none is. */
  readonly alias: (CommandAlias & { /** Where its name stands. */ readonly index: number }) | undefined;
  /** The names of aliases, which cannot have defaults. */
  readonly names: ReadonlySet<string>;
}

/**
 * Applies the alias that an argv calls: its options become values of the command, its arguments stand around those of
 * the user. An argv that calls a command of the program stays as it is. kubectl's `applyAliases`.
 *
 * @param warn - told of an alias that has the name of a command
 * @throws KubercError in kubectl's words
 */
export function applyAliases(
  program: Command,
  aliases: readonly AliasOverride[],
  argv: readonly string[],
  warn: (text: string) => void,
): AppliedAliases {
  const names = new Set<string>();
  if (resolveCommand(program, argv) !== undefined) {
    return { argv, alias: undefined, names };
  }
  // What is taken for the name may be the value of a flag: then it stays unknown, as in kubectl.
  const index = argv.findIndex((arg) => !arg.startsWith("-"));
  for (const alias of aliases) {
    names.add(alias.name);
    if (alias.name !== argv[index]) {
      continue;
    }
    if (resolveCommand(program, [alias.name]) !== undefined) {
      warn(`Warning: Setting alias ${goQuote(alias.name)} to a built-in command is not supported`);
      break;
    }
    const words = fields(alias.command);
    const target = resolveCommand(program, words);
    if (target === undefined) {
      throw new KubercError(
        `command ${goQuote(alias.command)} not found to set alias ${goQuote(alias.name)}: [${words.join(" ")}]`,
      );
    }
    setOptions(target.command, alias.options, argv, {
      unknown: (name) => `invalid alias flag ${name} in alias ${program.name()}`,
      refused: (name, value) => `could not apply value ${value} to flag ${name} in alias ${program.name()}`,
    });
    for (const { name } of aliases) {
      names.add(name);
    }
    return {
      argv: [
        ...argv.slice(0, index + 1),
        ...alias.prependArgs,
        ...argv.slice(index + 1),
        ...alias.appendArgs,
      ],
      alias: { name: alias.name, command: target.command, index },
      names,
    };
  }
  return { argv, alias: undefined, names };
}
