import type { AliasOverride, CommandDefaults, Preference } from "../api/preference.ts";
import type { Filepath } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import { decodeKuberc } from "../codec/kuberc/decode-kuberc.ts";
import { fields } from "../go/space.ts";
import { KubercError } from "../errors.ts";
import { BUILT_IN_COMMANDS } from "./built-in-commands.ts";
import { setEntryInKuberc } from "./edit-entry.ts";

/**
 * Puts the defaults of a command into the text of a kuberc, as `kubectl kuberc set --section defaults` does.
 *
 * @param overwrite - whether defaults that the command has may be replaced; where none are given, they stay
 * @throws KubercError when the command has defaults already, when kubectl would refuse the result or pass over a part of
 * it, or when the file cannot be edited with certainty
 */
export function putDefaults(
  data: Uint8Array,
  { command, options }: CommandDefaults,
  overwrite: boolean,
  filepath: Filepath,
): Uint8Array {
  const preference = decodeKuberc(data).used?.preference;
  const index = indexOf(preference?.defaults, (entry) => entry.command === command);
  const old = index === undefined ? undefined : preference?.defaults[index];
  if (old !== undefined && !overwrite) {
    throw new KubercError(
      `defaults for command ${goQuote(command)} already exist, use --overwrite to replace`,
    );
  }
  const alias = preference?.aliases.find(({ name }) => name === firstWord(command));
  if (alias !== undefined && !BUILT_IN_COMMANDS.has(alias.name)) {
    throw new KubercError(
      `alias ${alias.name} can not be overridden: give it the options with --section=aliases --name=${alias.name}`,
    );
  }
  const entry = { command, options: orOld(options, old?.options) };
  return setEntryInKuberc(data, { section: "defaults", entry }, index, filepath);
}

/**
 * Puts an alias into the text of a kuberc, as `kubectl kuberc set --section aliases` does.
 *
 * @param overwrite - whether an alias of that name may be replaced; those of its lists that are not given stay
 * @throws KubercError as {@link putDefaults}
 */
export function putAlias(
  data: Uint8Array,
  alias: AliasOverride,
  overwrite: boolean,
  filepath: Filepath,
): Uint8Array {
  const preference = decodeKuberc(data).used?.preference;
  const index = indexOf(preference?.aliases, ({ name }) => name === alias.name);
  const old = index === undefined ? undefined : preference?.aliases[index];
  if (old !== undefined && !overwrite) {
    throw new KubercError(`alias ${goQuote(alias.name)} already exists, use --overwrite to replace`);
  }
  refuseUseless(alias, preference);
  const entry = {
    ...alias,
    prependArgs: orOld(alias.prependArgs, old?.prependArgs),
    appendArgs: orOld(alias.appendArgs, old?.appendArgs),
    options: orOld(alias.options, old?.options),
  };
  return setEntryInKuberc(data, { section: "aliases", entry }, index, filepath);
}

function refuseUseless({ name, command }: AliasOverride, preference: Preference | undefined): void {
  if (!/^[a-zA-Z]+$/.test(name)) {
    throw new KubercError("invalid alias name, can only include alphabetical characters");
  }
  if (BUILT_IN_COMMANDS.has(name)) {
    throw new KubercError(
      `kubectl has a command ${goQuote(name)}, and would never use an alias of that name`,
    );
  }
  const target = firstWord(command);
  const names = [name, ...(preference?.aliases ?? []).map((alias) => alias.name)];
  if (target !== undefined && names.includes(target) && !BUILT_IN_COMMANDS.has(target)) {
    throw new KubercError(`${goQuote(target)} is an alias itself: kubectl knows no alias of an alias`);
  }
  if (preference?.defaults.some((entry) => firstWord(entry.command) === name) === true) {
    throw new KubercError(`alias ${name} can not be overridden: remove the defaults for it first`);
  }
}

function firstWord(command: string): string | undefined {
  return fields(command)[0];
}

function orOld<T>(given: readonly T[], old: readonly T[] | undefined): readonly T[] {
  return given.length === 0 ? (old ?? []) : given;
}

function indexOf<T>(entries: readonly T[] | undefined, matches: (entry: T) => boolean): number | undefined {
  const index = entries?.findIndex(matches) ?? -1;
  return index === -1 ? undefined : index;
}
