import type { Command, Option } from "commander";
import type { Preference } from "../api/preference.ts";
import { KubercError } from "../errors.ts";
import { goBoolError, readGoBool } from "../go/bool.ts";
import type { Filepath } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import type { CommandAlias, FlagNames } from "../kuberc/plan-kuberc.ts";
import { planKuberc } from "../kuberc/plan-kuberc.ts";
import { findCommand, operandIndex, optionsOf } from "./find-command.ts";
import { InvalidArgument, isInvalidArgument } from "./invalid-argument.ts";

/** An option, and the command that has it. */
interface OwnedOption extends FlagNames {
  readonly owner: Command;
  readonly option: Option;
}

/**
 * Applies the aliases and then the defaults of a kuberc to a program and the arguments that it is about to parse.
 * kubectl's `Preferences.Apply`, except that an alias is replaced by the words of its command, where kubectl adds a copy
 * of the command under the name of the alias.
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
  const lookup = {
    name: program.name(),
    resolve: (words: readonly string[], alias?: CommandAlias<Command>) =>
      resolveCommand(program, words, alias),
    flag: findOption,
  };
  const { steps, argv: applied, alias } = planKuberc(lookup, preference, argv, filepath);
  for (const step of steps) {
    switch (step.kind) {
      case "warn":
        warn(step.text);
        break;
      case "fail":
        throw step.error;
      default:
        setOption(step.flag, step.value, step.refused);
    }
  }
  return alias === undefined || operandIndex(program, applied) !== alias.index
    ? [...applied]
    : applied.toSpliced(alias.index, 1, ...wordsOf(alias.command));
}

/** Returns the words that call a command, without the program's name. */
function wordsOf(command: Command): readonly string[] {
  return command.parent === null ? [] : [...wordsOf(command.parent), command.name()];
}

/**
 * Finds the command that an argv calls, and the name that it uses. cobra's `Find` with its check of arguments: a word that
 * is not the name of a command is an argument, unless the program has commands and accepts no arguments itself.
 */
function resolveCommand(
  program: Command,
  argv: readonly string[],
  alias: CommandAlias<Command> | undefined,
): CommandAlias<Command> | undefined {
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

function findOption(command: Command, name: string): OwnedOption | undefined {
  for (const { owner, option } of optionsOf(command)) {
    if (option.long === `--${name}`) {
      return { owner, option, long: option.long, short: option.short };
    }
  }
  return undefined;
}

/**
 * Sets an option to the value of a kuberc.
 *
 * The value is parsed as on the command line, by the option's own parser if it has one; booleans are Go booleans. Its
 * source is `config`, so an environment variable of the option takes precedence, and commander treats the option as set:
 * it implies other options and conflicts with them.
 *
 * @throws KubercError that begins with `refused` for a value that is invalid for the option
 */
function setOption({ owner, option }: OwnedOption, value: string, refused: string): void {
  const key = option.attributeName();
  try {
    owner.setOptionValueWithSource(key, parse(option, value, owner.getOptionValue(key)), "config");
  } catch (error) {
    if (!isInvalidArgument(error)) {
      throw error;
    }
    const flag = goQuote(
      option.short === undefined ? `--${option.name()}` : `${option.short}, --${option.name()}`,
    );
    throw new KubercError(
      `${refused} err: invalid argument ${goQuote(value)} for ${flag} flag: ${error.message}`,
      undefined,
      error,
    );
  }
}
function parse(option: Option, text: string, previous: unknown): unknown {
  if (!option.required && !option.optional) {
    const value = readGoBool(text);
    if (value === undefined) {
      throw new InvalidArgument(goBoolError(text));
    }
    return value !== option.negate;
  }
  const parser: ((value: string, previous: unknown) => unknown) | undefined = option.parseArg;
  if (parser !== undefined) {
    return parser(text, previous);
  }
  if (option.variadic) {
    return previous === option.defaultValue || !Array.isArray(previous) ? [text] : [...previous, text];
  }
  return text;
}
