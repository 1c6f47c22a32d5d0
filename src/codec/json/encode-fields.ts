import type { ExecEnvVar } from "../../api/exec.ts";
import type { Field } from "../../api/fields.ts";
import { STRUCTS } from "../../api/fields.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { isSet } from "../../api/struct.ts";
import type { WireField } from "../../api/wire-fields.ts";
import { fieldName } from "../../api/wire-fields.ts";
import { encodeBase64 } from "../../go/base64.ts";
import { sortedByName, withSortedKeys } from "../../go/order.ts";

/**
 * Returns a noun in its file format, with its fields in the order of their table.
 *
 * @param version - of the file; default: the newest
 */
export function encodeFields(
  table: Readonly<Record<string, Field | WireField>>,
  noun: object,
  version = "",
): JsonObject {
  return withoutUndefined(
    Object.entries(table).map(([key, field]) => {
      const value: unknown = Reflect.get(noun, key);
      return [
        fieldName(field, version) ?? "",
        field.always || isSet(value) ? (encodeValue(field, value, version) ?? null) : undefined,
      ];
    }),
  );
}

/** Returns an object of the members that are not undefined. */
export function withoutUndefined(
  members: readonly (readonly [name: string, value: JsonValue | undefined])[],
): JsonObject {
  const entries = new Map<string, JsonValue>();
  for (const [name, value] of members) {
    if (value !== undefined) {
      entries.set(name, value);
    }
  }
  return entries;
}

function encodeValue(field: Field | WireField, value: unknown, version: string): JsonValue | undefined {
  if (value === undefined) {
    return undefined;
  }
  switch (field.kind) {
    case "bytes":
      return encodeBase64(value as Uint8Array);
    case "time":
      return formatTime(value as number);
    case "object":
      return withSortedKeys(value as JsonValue);
    case "stringMap":
    case "stringLists":
      return sortedObject(value as ReadonlyMap<string, JsonValue | undefined>);
    case "environment":
      return (value as readonly ExecEnvVar[]).map((variable) => new Map(Object.entries(variable)));
    case "extensions":
      return encodeExtensions(value as ReadonlyMap<string, JsonValue>);
    case "authProvider":
    case "exec":
      return encodeFields(STRUCTS[field.kind], value as object);
    case "struct":
    case "pointer":
      return encodeFields(field.of ?? {}, value as object, version);
    case "list":
      return (value as readonly object[]).map((element) => encodeFields(field.of ?? {}, element, version));
    default:
      return value as JsonValue;
  }
}

/** Formats a time as RFC 3339 in UTC, in whole seconds, as apimachinery does. */
function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

/** Sorts a map by its keys, as Go prints maps. */
function sortedObject(map: ReadonlyMap<string, JsonValue | undefined>): JsonObject {
  return new Map(sortedByName(map).map(([key, value]) => [key, value ?? null]));
}

/** Returns the entries as a list of `{name, [field]: entry}`, sorted by name; undefined when there are none. */
export function encodeNamed<T>(
  entries: ReadonlyMap<string, T>,
  field: string,
  encode: (entry: T) => JsonValue,
): readonly JsonValue[] | undefined {
  return entries.size === 0
    ? undefined
    : sortedByName(entries).map(([name, entry]) => encodeElement(name, field, encode(entry)));
}

/** Creates an element of a list of named entries. */
export function encodeElement(name: string, field: string, entry: JsonValue): JsonObject {
  return new Map([
    ["name", name],
    [field, entry],
  ]);
}

export function encodeExtensions(
  extensions: ReadonlyMap<string, JsonValue>,
): readonly JsonValue[] | undefined {
  return encodeNamed(extensions, "extension", withSortedKeys);
}
