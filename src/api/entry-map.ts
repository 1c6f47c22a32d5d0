import type { JsonValue } from "./json-value.ts";
import { INSPECT, REDACTED } from "./redaction.ts";

// No classes: Node.js and Jest find maps of different classes unequal, and a config is compared with one made by hand.

/** Makes a map that `JSON.stringify` writes as an object; it writes `{}` for any other. */
export function entryMap<V>(entries: Iterable<readonly [string, V]> = []): Map<string, V> {
  return Object.defineProperty(new Map(entries), "toJSON", { value: toObject });
}

/** Makes a map of extensions. Inspecting or stringifying it shows `REDACTED` for each: they are other programs' data. */
export function extensionMap(
  extensions: Iterable<readonly [string, JsonValue]> = [],
): Map<string, JsonValue> {
  return Object.defineProperties(new Map(extensions), {
    toJSON: { value: toNames },
    [INSPECT]: { value: toRedactedMap },
  });
}

/** Returns entries in a map that `JSON.stringify` writes. */
export function asEntryMap<V>(entries: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return entries.size === 0 || "toJSON" in entries ? entries : entryMap(entries);
}

/** Returns extensions in a map that hides them. */
export function asExtensionMap(extensions: ReadonlyMap<string, JsonValue>): ReadonlyMap<string, JsonValue> {
  return extensions.size === 0 || INSPECT in extensions ? extensions : extensionMap(extensions);
}

function toObject(this: ReadonlyMap<string, unknown>): object {
  return Object.fromEntries(this);
}

function toNames(this: ReadonlyMap<string, unknown>): object {
  return Object.fromEntries(toRedacted(this));
}

function toRedactedMap(this: ReadonlyMap<string, unknown>): object {
  return new Map(toRedacted(this));
}

function toRedacted(extensions: ReadonlyMap<string, unknown>): readonly (readonly [string, string])[] {
  return Array.from(extensions.keys(), (name) => [name, REDACTED]);
}
