import { isDeepStrictEqual } from "node:util";
import { parseAllDocuments } from "yaml";
import { readYaml } from "../../src/yaml/read.ts";

/**
 * Reads the first document of a string as JavaScript programs do: with the package `yaml`, which shares no code with
 * kcfg or Go. Merge keys, which YAML 1.2 does not have, are merged as most programs do.
 *
 * @throws Error with the package's words for what it refuses
 */
export function readWithOther(text: string, version: "1.1" | "1.2" = "1.2"): unknown {
  const [document] = parseAllDocuments(text, {
    version,
    merge: true,
    intAsBigInt: true,
    logLevel: "silent",
    stringKeys: true,
  });
  if (document === undefined || "empty" in document) {
    return null;
  }
  const [error] = document.errors;
  if (error !== undefined) {
    throw error;
  }
  return comparable(document.toJS({ maxAliasCount: -1 }));
}

/** Returns a value in the form that {@link readWithOther} gives: objects, and every number as one. Sets and bytes are neither. */
export function comparable(value: unknown): unknown {
  if (typeof value === "bigint") {
    return Number(value);
  }
  if (Array.isArray(value)) {
    return value.map(comparable);
  }
  if (value instanceof Set || value instanceof Uint8Array) {
    return { [value.constructor.name]: [...value] };
  }
  if (value instanceof Map) {
    return comparable(Object.fromEntries(value));
  }
  return typeof value === "object" && value !== null && !(value instanceof Date)
    ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, comparable(part)]))
    : value;
}

/** Returns how the package `yaml` reads a string differently from kcfg; undefined if it does not. */
export function otherReading(text: string): string | undefined {
  const [ours, theirs] = [comparable(readYaml(text).value), tryOther(text)];
  return isDeepStrictEqual(ours, theirs)
    ? undefined
    : `${JSON.stringify(theirs)} instead of ${JSON.stringify(ours)} in\n${text}`;
}

function tryOther(text: string): unknown {
  try {
    return readWithOther(text);
  } catch (error) {
    return String(error);
  }
}
