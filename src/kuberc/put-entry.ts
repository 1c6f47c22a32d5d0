import { isDeepStrictEqual } from "node:util";
import type { JsonObject, JsonValue } from "../api/json-value.ts";
import { ALIAS_FIELDS, DEFAULTS_FIELDS, OPTION_FIELDS, PREFERENCE_FIELDS } from "../api/kuberc-fields.ts";
import type { AliasOverride, CommandDefaults, Preference } from "../api/preference.ts";
import { fieldName } from "../api/wire-fields.ts";
import type { Filepath } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import { decodeKuberc } from "../codec/kuberc/decode-kuberc.ts";
import { encodeFields } from "../codec/json/encode-fields.ts";
import { fields } from "../go/space.ts";
import { KubercError } from "../errors.ts";
import type { FieldChange, ItemChanges } from "../yaml/edit/change.ts";
import { fieldNode } from "../yaml/edit/node-lookup.ts";
import { planValue } from "../yaml/edit/plan-value.ts";
import { valueOf } from "../yaml/edit/value-of.ts";
import { BUILT_IN_COMMANDS } from "./built-in-commands.ts";
import { editPreference, refuseEdit } from "./edit-preference.ts";
import { validatePreference } from "./validate-preference.ts";

/**
 * Sets the defaults of a command in the content of a kuberc, as `kubectl kuberc set --section defaults` does.
 *
 * @param overwrite - whether existing defaults of the command may be replaced; they are kept where none are given
 * @throws KubercError when the command has defaults already, when kubectl would refuse the result or ignore a part of
 *   it, or when the file cannot be edited safely
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
  return putEntry(
    data,
    "defaults",
    (version) => encodeFields(DEFAULTS_FIELDS, entry, version),
    ({ defaults, ...others }) => ({ ...others, defaults: replaced(defaults, entry, index) }),
    index,
    filepath,
  );
}

/**
 * Sets an alias in the content of a kuberc, as `kubectl kuberc set --section aliases` does.
 *
 * @param overwrite - whether an existing alias may be replaced; its lists are kept where none are given
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
  return putEntry(
    data,
    "aliases",
    (version) => encodeFields(ALIAS_FIELDS, entry, version),
    ({ aliases, ...others }) => ({ ...others, aliases: replaced(aliases, entry, index) }),
    index,
    filepath,
  );
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

/**
 * Replaces the entry at an index, or appends one. Only the changed fields of an existing entry are touched.
 */
function putEntry(
  data: Uint8Array,
  section: "aliases" | "defaults",
  encode: (version: string) => JsonObject,
  wanted: (before: Preference) => Preference,
  index: number | undefined,
  filepath: Filepath,
): Uint8Array {
  return editPreference(data, {
    plan: ({ meta }, tree) => {
      const version = meta?.version ?? "";
      const name = fieldName(PREFERENCE_FIELDS[section], version) ?? "";
      const node = fieldNode(tree, 0, name);
      const list = node === undefined ? null : valueOf(tree, node);
      const change = planList(list, encode(version), index, version);
      return { kind: "fields", fields: new Map([[name, change]]) };
    },
    wanted: (before) => {
      const preference = wanted(before);
      try {
        validatePreference(preference, filepath);
      } catch (error) {
        throw refuseEdit(
          `kubectl would refuse the result: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      return preference;
    },
  });
}

function planList(
  list: JsonValue,
  entry: JsonObject,
  index: number | undefined,
  version: string,
): ItemChanges {
  const items = Array.isArray(list) ? (list as readonly JsonValue[]) : [];
  if (index === undefined) {
    return { kind: "items", items: new Map(), inserts: new Map([[items.length, [entry]]]) };
  }
  const old = items[index];
  const oldFields = old instanceof Map ? (old as JsonObject) : new Map<string, JsonValue>();
  const changed = Array.from(entry).flatMap(([key, value]): readonly (readonly [string, FieldChange])[] => {
    const before = oldFields.get(key) ?? null;
    const isSame = isDeepStrictEqual(withoutOmissions(before, version), withoutOmissions(value, version));
    const change = isSame ? undefined : planValue(before, value);
    return change === undefined ? [] : [[key, change]];
  });
  return {
    kind: "items",
    items: new Map([[index, { kind: "fields", fields: new Map(changed) }]]),
    inserts: new Map(),
  };
}

/** Returns a value in a comparable form: an omitted field equals an empty one. */
function withoutOmissions(value: JsonValue, version: string): JsonValue {
  if (value instanceof Map) {
    const names = Object.values(OPTION_FIELDS).map((field) => fieldName(field, version) ?? "");
    return new Map(names.map((key) => [key, value.get(key) ?? ""]));
  }
  if (Array.isArray(value)) {
    return value.map((item: JsonValue) => withoutOmissions(item, version));
  }
  return value;
}

function replaced<T>(entries: readonly T[], entry: T, index: number | undefined): readonly T[] {
  return index === undefined ? [...entries, entry] : entries.toSpliced(index, 1, entry);
}
