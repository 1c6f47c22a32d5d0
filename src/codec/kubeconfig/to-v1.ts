import type { Config } from "../../api/config.ts";
import type { ExecEnvVar } from "../../api/exec.ts";
import type { Field, Section } from "../../api/fields.ts";
import { PREFERENCES_FIELDS, SECTIONS, STRUCTS } from "../../api/fields.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { isSet } from "../../api/struct.ts";
import { encodeBase64 } from "../../go/base64.ts";
import { sortedByName, withSortedKeys } from "../../go/order.ts";

/**
 * Returns the v1 document of a Config, as `kubectl config view -o json` prints it: fields in the order of client-go's
 * v1 types and entries sorted by name. A list without entries is null, as in kubectl.
 */
export function configToV1(config: Config): JsonObject {
  const preferences = fieldsToV1(PREFERENCES_FIELDS, config.preferences);
  return withoutUndefined([
    ["kind", "Config"],
    ["apiVersion", "v1"],
    ["preferences", preferences.size === 0 ? undefined : preferences],
    ["clusters", sectionToV1(SECTIONS.clusters, config)],
    ["users", sectionToV1(SECTIONS.users, config)],
    ["contexts", sectionToV1(SECTIONS.contexts, config)],
    ["current-context", config.currentContext],
    ["extensions", extensionsToV1(config.extensions)],
  ]);
}

function withoutUndefined(
  fields: readonly (readonly [name: string, value: JsonValue | undefined])[],
): JsonObject {
  const entries = new Map<string, JsonValue>();
  for (const [name, value] of fields) {
    if (value !== undefined) {
      entries.set(name, value);
    }
  }
  return entries;
}

function sectionToV1({ property, entry, fields }: Section, config: Config): JsonValue {
  return namedToV1<object>(config[property], entry, (noun) => fieldsToV1(fields, noun)) ?? null;
}

/** Returns the entries as a list of `{name, [field]: entry}`, sorted by name; undefined when there are none. */
function namedToV1<T>(
  entries: ReadonlyMap<string, T>,
  field: string,
  toV1: (entry: T) => JsonValue,
): readonly JsonValue[] | undefined {
  return entries.size === 0
    ? undefined
    : sortedByName(entries).map(([name, entry]) => elementToV1(name, field, toV1(entry)));
}

/** Makes an element of a list of named entries. */
export function elementToV1(name: string, field: string, entry: JsonValue): JsonObject {
  return new Map([
    ["name", name],
    [field, entry],
  ]);
}

function extensionsToV1(extensions: ReadonlyMap<string, JsonValue>): readonly JsonValue[] | undefined {
  return namedToV1(extensions, "extension", withSortedKeys);
}

/** Returns a noun in its file format, with its fields in the order of their table. */
export function fieldsToV1(table: Readonly<Record<string, Field>>, noun: object): JsonObject {
  return withoutUndefined(
    Object.entries(table).map(([key, field]) => {
      const value: unknown = Reflect.get(noun, key);
      return [field.wire, field.always || isSet(value) ? (valueToV1(field, value) ?? null) : undefined];
    }),
  );
}

function valueToV1({ kind }: Field, value: unknown): JsonValue | undefined {
  if (value === undefined) {
    return undefined;
  }
  switch (kind) {
    case "bytes":
      return encodeBase64(value as Uint8Array);
    case "stringMap":
    case "stringLists":
      return sortedObject(value as ReadonlyMap<string, JsonValue | undefined>);
    case "environment":
      return (value as readonly ExecEnvVar[]).map((variable) => new Map(Object.entries(variable)));
    case "extensions":
      return extensionsToV1(value as ReadonlyMap<string, JsonValue>);
    case "authProvider":
    case "exec":
      return fieldsToV1(STRUCTS[kind], value as object);
    default:
      return value as JsonValue;
  }
}

/** Sorts a map by its keys, as Go prints maps. */
function sortedObject(map: ReadonlyMap<string, JsonValue | undefined>): JsonObject {
  return new Map(sortedByName(map).map(([key, value]) => [key, value ?? null]));
}
