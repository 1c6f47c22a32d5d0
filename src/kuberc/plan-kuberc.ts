import type { AliasOverride, CommandDefaults, CommandOptionDefault, Preference } from "../api/preference.ts";
import { KubercError } from "../errors.ts";
import type { Filepath } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import { fields } from "../go/space.ts";
import { validatePreference } from "./validate-preference.ts";

/** The names of a flag as they are on a command line: `--output` and `-o`. */
export interface FlagNames {
  readonly long?: string | undefined;
  readonly short?: string | undefined;
}

/** A name that a kuberc gives to a command. */
export interface CommandAlias<Command> {
  readonly name: string;
  readonly command: Command;
}

/** Finds the commands and flags of a program. */
export interface ProgramLookup<Command, Flag extends FlagNames> {
  /** The name of the program. */
  readonly name: string;
  /** Finds the command that an argv calls, and the name that it is called by; undefined if there is none. */
  readonly resolve: (
    argv: readonly string[],
    alias?: CommandAlias<Command>,
  ) => CommandAlias<Command> | undefined;
  /** Finds a flag of a command, or of those above it, by its long name without dashes. */
  readonly flag: (command: Command, name: string) => Flag | undefined;
}

/** One thing to do with a program: print a warning, give up, or set a flag. */
export type KubercStep<Flag> =
  | { readonly kind: "warn"; readonly text: string }
  | { readonly kind: "fail"; readonly error: KubercError }
  /** `refused` is the prefix of the error for an invalid value. */
  | { readonly kind: "set"; readonly flag: Flag; readonly value: string; readonly refused: string };

/** The effects of a kuberc on a program. */
export interface KubercPlan<Command, Flag> {
  /** The steps, to be run in this order up to the first that fails. */
  readonly steps: readonly KubercStep<Flag>[];
  /** The arguments with those of the alias added, still with the name of the alias. */
  readonly argv: readonly string[];
  /** The called alias, and the index of its name in `argv`; undefined if none is called. */
  readonly alias: (CommandAlias<Command> & { readonly index: number }) | undefined;
}

/**
 * Plans which aliases and then which defaults of a kuberc apply to the arguments of a program. kubectl's
 * `Preferences.Apply`.
 *
 * @throws KubercError or PluginPolicyError for a kuberc that kubectl refuses
 */
export function planKuberc<Command, Flag extends FlagNames>(
  program: ProgramLookup<Command, Flag>,
  { defaults, aliases, ...preference }: Preference,
  argv: readonly string[],
  filepath: Filepath,
): KubercPlan<Command, Flag> {
  validatePreference({ defaults, aliases, ...preference }, filepath);
  const plan = planAliases(program, aliases, argv);
  return { ...plan, steps: [...plan.steps, ...planDefaults(program, defaults, plan)] };
}

interface AliasPlan<Command, Flag> extends KubercPlan<Command, Flag> {
  /** The names of aliases, which cannot have defaults. */
  readonly names: ReadonlySet<string>;
}

/**
 * Applies the alias that an argv calls: its options become values of the command, and its arguments are put around the
 * user's. An argv that calls a command of the program is unchanged. kubectl's `applyAliases`.
 */
function planAliases<Command, Flag extends FlagNames>(
  program: ProgramLookup<Command, Flag>,
  aliases: readonly AliasOverride[],
  argv: readonly string[],
): AliasPlan<Command, Flag> {
  // This may be the value of a flag; the alias is not found then, as in kubectl.
  const index = argv.findIndex((arg) => !arg.startsWith("-"));
  const at = aliases.findIndex(({ name }) => name === argv[index]);
  const called = aliases[at];
  const none = { steps: [], argv, alias: undefined, names: new Set<string>() };
  if (program.resolve(argv) !== undefined) {
    return none;
  }
  if (called === undefined) {
    return { ...none, names: namesOf(aliases) };
  }
  const { name, command, options, prependArgs, appendArgs } = called;
  const before = { ...none, names: namesOf(aliases.slice(0, at + 1)) };
  if (program.resolve([name]) !== undefined) {
    const text = `Warning: Setting alias ${goQuote(name)} to a built-in command is not supported`;
    return { ...before, steps: [{ kind: "warn", text }] };
  }
  const words = fields(command);
  const target = program.resolve(words);
  if (target === undefined) {
    const reason = `command ${goQuote(command)} not found to set alias ${goQuote(name)}: [${words.join(" ")}]`;
    return { ...before, steps: [failure(reason)] };
  }
  return {
    steps: planOptions(program, target.command, options, argv, {
      unknown: (flag) => `invalid alias flag ${flag} in alias ${program.name}`,
      refused: (flag, value) => `could not apply value ${value} to flag ${flag} in alias ${program.name}`,
    }),
    argv: [...argv.slice(0, index + 1), ...prependArgs, ...argv.slice(index + 1), ...appendArgs],
    alias: { name, command: target.command, index },
    names: namesOf(aliases),
  };
}

function namesOf(aliases: readonly AliasOverride[]): ReadonlySet<string> {
  return new Set(aliases.map(({ name }) => name));
}

function failure<Flag>(reason: string): KubercStep<Flag> {
  return { kind: "fail", error: new KubercError(reason) };
}

/**
 * Applies the defaults of the command that an argv calls. kubectl's `applyOverrides`. As there, commands are compared by
 * their last name: defaults of `config view` apply to every command named `view`, and a command that is called by an alias
 * gets none.
 */
function planDefaults<Command, Flag extends FlagNames>(
  program: ProgramLookup<Command, Flag>,
  defaults: readonly CommandDefaults[],
  { argv, alias, names }: AliasPlan<Command, Flag>,
): readonly KubercStep<Flag>[] {
  const called = program.resolve(argv, alias);
  if (called === undefined) {
    return [];
  }
  return defaults.flatMap(({ command, options }): readonly KubercStep<Flag>[] => {
    const meant = program.resolve(fields(command), alias);
    if (meant === undefined) {
      return [
        { kind: "warn", text: `Warning: command ${goQuote(command)} not found to set kuberc override` },
      ];
    }
    if (meant.name !== called.name) {
      return [];
    }
    return names.has(called.name)
      ? [failure(`alias ${called.name} can not be overridden`)]
      : planOptions(program, called.command, options, argv, {
          unknown: (flag) => `invalid flag ${flag} for command ${command}`,
          refused: (flag, value) =>
            `could not apply override value ${value} to flag ${flag} in command ${command}`,
        });
  });
}

/** Plans the values of a kuberc for the options that the user does not set. */
function planOptions<Command, Flag extends FlagNames>(
  program: ProgramLookup<Command, Flag>,
  command: Command,
  options: readonly CommandOptionDefault[],
  argv: readonly string[],
  words: {
    readonly unknown: (flag: string) => string;
    readonly refused: (flag: string, value: string) => string;
  },
): readonly KubercStep<Flag>[] {
  return options.flatMap(({ name, default: value }): readonly KubercStep<Flag>[] => {
    // `_` in a name equals `-`, as on kubectl's command line.
    const flag = program.flag(command, name) ?? program.flag(command, name.replaceAll("_", "-"));
    if (flag === undefined) {
      return [failure(words.unknown(name))];
    }
    return isGiven(flag, argv) ? [] : [{ kind: "set", flag, value, refused: words.refused(name, value) }];
  });
}

const CLUSTER = /^-[a-zA-Z]+$/;

/**
 * Reports whether the user sets a flag: `--name`, `--name=value`, `-n`, `-nvalue`, or as one letter of a cluster such as
 * `-abn`. kubectl's `searchInArgs`. As there, the role of an argument does not matter: the letter is also found in `-ab`
 * where `b` is the value of `-a`, and flags after `--` count. When in doubt, the value of the kuberc is not applied.
 */
function isGiven({ long, short }: FlagNames, argv: readonly string[]): boolean {
  const names = [long, short].filter((name) => name !== undefined);
  return argv.some((arg) =>
    names.some((name) =>
      name.startsWith("--")
        ? arg === name || arg.startsWith(`${name}=`)
        : arg.startsWith(name) || (CLUSTER.test(arg) && arg.includes(name.slice(1))),
    ),
  );
}
