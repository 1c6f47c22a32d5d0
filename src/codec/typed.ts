import type { JsonObject, JsonValue } from "../api/json-value.ts";
import { emptyMap } from "../api/empty-map.ts";
import { DATA_OMITTED, omitData } from "../api/redaction.ts";
import { base64Length, decodeBase64 } from "../go/base64.ts";
import { goQuote } from "../go/quote.ts";
import { NamedEntry } from "./named-entry.ts";
import { MAX_QUICK_DEPTH } from "../yaml/quick/quick-value.ts";
import type { QuickObject, QuickValue } from "../yaml/quick/quick-value.ts";

/** A value from either reader: mappings are `Map`s from the full one, plain objects from the quick ones. */
export type DecodedValue = JsonValue | QuickValue;

/** A mapping of which fields are read with {@link readField}. */
export type Fields = JsonObject | QuickObject;

/**
 * Typed readers over generic values, with the typing of Go's encoding/json: a null leaves the zero value, and
 * anything else of the wrong kind is an error. A reader for each type of field that the Kubernetes nouns have.
 */
export type Reader<T> = (value: DecodedValue) => T;

/** The fault of a value, and its path from the top of the document. */
export abstract class DecodeError extends Error {
  readonly path: (string | number)[] = [];
}

/** A value of the wrong kind. */
export class TypeMismatch extends DecodeError {
  /** The type that the field requires, such as "a string". */
  readonly expected: string;
  /** The kind of the value, never the value itself: it may be a secret. */
  readonly found: string;

  constructor(expected: string, value: DecodedValue) {
    const found = kindOf(value);
    super(`expected ${expected}, found ${found}`);
    this.expected = expected;
    this.found = found;
  }
}

/** Two elements of one list have the same name. */
export class DuplicateName extends DecodeError {
  /** The index of the first element with the name. */
  readonly first: number;

  constructor(message: string, first: number) {
    super(message);
    this.first = first;
  }
}

/** Names the kind of a value for people. */
function kindOf(value: DecodedValue): string {
  if (value === null) {
    return "null";
  }
  switch (typeof value) {
    case "boolean":
      return "a boolean";
    case "number":
    case "bigint":
      return "a number";
    case "string":
      return "a string";
    default:
      return Array.isArray(value) ? "a list" : "a mapping";
  }
}

/** Reads one part of a value; an error from within gets its path. */
function within<T>(key: string | number, value: DecodedValue, read: Reader<T>): T {
  try {
    return read(value);
  } catch (error) {
    throw placed(error, key);
  }
}

function placed(error: unknown, key: string | number): unknown {
  if (error instanceof DecodeError) {
    error.path.unshift(key);
  }
  return error;
}

export const readString: Reader<string> = (value) => {
  if (typeof value === "string") {
    return value;
  }
  if (value === null) {
    return "";
  }
  throw new TypeMismatch("a string", value);
};

export const readBoolean: Reader<boolean> = (value) => {
  if (typeof value === "boolean") {
    return value;
  }
  if (value === null) {
    return false;
  }
  throw new TypeMismatch("a boolean", value);
};

/** Implements Go's `[]byte`: base64 text, or a list of numbers from 0 to 255. */
export const readBytes: Reader<Uint8Array | undefined> = (value) => {
  if (value === null) {
    return undefined;
  }
  if (typeof value === "string") {
    return decodeBase64(value) ?? refuseBase64(value);
  }
  if (Array.isArray(value)) {
    return Uint8Array.from(value, (element: DecodedValue, index) => within(index, element, readByte));
  }
  throw new TypeMismatch("base64 text", value);
};

/** Reads bytes as {@link readBytes}, but returns {@link DATA_OMITTED} for any: a string is checked, but not decoded. */
export const readOmittedBytes: Reader<Uint8Array | undefined> = (value) => {
  if (typeof value === "string") {
    return (base64Length(value) ?? refuseBase64(value)) === 0 ? EMPTY_BYTES : DATA_OMITTED;
  }
  return omitData(readBytes(value));
};

const EMPTY_BYTES = new Uint8Array();

function refuseBase64(value: string): never {
  throw new TypeMismatch("base64 (standard alphabet, with padding)", value);
}

const readByte: Reader<number> = (value) => {
  if (value === null) {
    return 0;
  }
  if (
    typeof value === "number" &&
    Number.isInteger(value) &&
    !Object.is(value, -0) &&
    value >= 0 &&
    value <= 255
  ) {
    return value;
  }
  throw new TypeMismatch("a number from 0 to 255", value);
};

/** Reads any value as it is: Go's `runtime.RawExtension`. */
export const readAny: Reader<JsonValue> = (value) => toJsonValue(value, 0);

/** Converts the quick readers' plain objects to Maps. */
function toJsonValue(value: DecodedValue, depth: number): JsonValue {
  // Deeper values come from the full reader, and consist of Maps and lists already.
  if (typeof value !== "object" || value === null || value instanceof Map || depth > MAX_QUICK_DEPTH) {
    return value as JsonValue;
  }
  return Array.isArray(value)
    ? value.map((element: DecodedValue) => toJsonValue(element, depth + 1))
    : new Map(Object.entries(value).map(([key, element]) => [key, toJsonValue(element, depth + 1)]));
}

/** Reads a mapping whose fields are then read with {@link readField}; null is an empty one. */
export const readObject: Reader<Fields> = (value) => {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Fields;
  }
  if (value === null) {
    return EMPTY;
  }
  throw new TypeMismatch("a mapping", value);
};

const EMPTY: JsonObject = emptyMap();

/** Reads the field `key`, which must match exactly; a missing one reads as null. */
export function readField<T>(fields: Fields, key: string, read: Reader<T>): T {
  return within(key, fieldOf(fields, key), read);
}

/** Visits each field of a mapping; an error from within gets its path. */
export function forEachField(fields: Fields, visit: (key: string, value: DecodedValue) => void): void {
  let at = "";
  try {
    if (fields instanceof Map) {
      for (const [key, value] of fields as JsonObject) {
        at = key;
        visit(key, value);
      }
    } else {
      for (const key in fields as QuickObject) {
        at = key;
        visit(key, (fields as QuickObject)[key] as QuickValue);
      }
    }
  } catch (error) {
    throw placed(error, at);
  }
}

function fieldOf(fields: Fields, key: string): DecodedValue {
  if (fields instanceof Map) {
    return fields.get(key) ?? null;
  }
  return Object.hasOwn(fields, key) ? ((fields as QuickObject)[key] ?? null) : null;
}

/** Returns a reader of a list; null is `undefined`. */
export function listOf<T>(read: Reader<T>): Reader<readonly T[] | undefined> {
  return (value) => {
    if (value === null) {
      return undefined;
    }
    if (!Array.isArray(value)) {
      throw new TypeMismatch("a list", value);
    }
    const elements: T[] = [];
    for (let index = 0; index < value.length; index++) {
      elements.push(within(index, value[index] as DecodedValue, read));
    }
    return elements;
  };
}

/** Returns a reader of a mapping from strings; null is `undefined`. */
export function mapOf<T>(read: Reader<T>): Reader<ReadonlyMap<string, T> | undefined> {
  return (value) => {
    if (value === null) {
      return undefined;
    }
    const entries = new Map<string, T>();
    const fields = readObject(value);
    for (const [key, element] of fields instanceof Map ? fields : Object.entries(fields)) {
      entries.set(key, within(key, element, read));
    }
    return entries;
  };
}

/** Returns a reader of an optional value: null is `undefined`. */
export function optional<T>(read: Reader<T>): Reader<T | undefined> {
  return (value) => (value === null ? undefined : read(value));
}

/** The names of a list of named entries in the errors of client-go's conversion. */
export interface NamedList {
  /** The Go type of an element, such as `NamedCluster`. */
  readonly element: string;
  /** The Go type of an entry, such as `*api.Cluster`. */
  readonly entry: string;
  /** The field of an element that holds its entry, such as `cluster`. */
  readonly field: string;
}

/** Returns a reader of one element of a list of named entries, unless it has been read already. */
export function namedEntry<T>({ field }: NamedList, read: Reader<T>): Reader<NamedEntry<T>> {
  return (value) => {
    if (value instanceof NamedEntry) {
      return value as NamedEntry<T>;
    }
    const element = readObject(value);
    return new NamedEntry(readField(element, "name", readString), readField(element, field, read));
  };
}

/**
 * Returns a reader of a list of named entries as a map. A name may be twice only while its entry is null, which
 * client-go reads as absent; that is possible for extensions alone.
 */
export function namedEntries<T>(
  list: NamedList,
  readElement: Reader<NamedEntry<T>>,
): Reader<ReadonlyMap<string, T>> {
  const readElements = listOf(readElement);
  return (value) => {
    const elements = readElements(value) ?? [];
    if (elements.length === 0) {
      return emptyMap();
    }
    const entries = new Map<string, T>();
    for (const [index, { name, entry }] of elements.entries()) {
      if (entries.has(name) && entries.get(name) !== null) {
        throw placed(duplicateName(list, elements, name), index);
      }
      entries.set(name, entry);
    }
    return entries;
  };
}

function duplicateName(
  list: NamedList,
  elements: readonly NamedEntry<unknown>[],
  name: string,
): DuplicateName {
  return new DuplicateName(
    `error converting *[]${list.element} into *map[string]${list.entry}: duplicate name ${goQuote(name)} in list`,
    elements.findIndex((element) => element.name === name && element.entry !== null),
  );
}
