import type { JsonValue } from "../api/json-value.ts";

/**
 * Orders strings as Go's `sort.Strings` does: by their UTF-8 bytes, which is the order of code points.
 * JavaScript's own `<` compares UTF-16 units and so puts U+1F600 before U+FB01.
 */
export function compareGoStrings(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      const xSurrogate = x >= 0xd800 && x <= 0xdfff;
      const ySurrogate = y >= 0xd800 && y <= 0xdfff;
      return xSurrogate === ySurrogate ? x - y : xSurrogate ? 1 : -1;
    }
  }
  return a.length - b.length;
}

/** Sorts strings in the order of {@link compareGoStrings}. */
export function toSortedGoStrings(texts: Iterable<string>): readonly string[] {
  const list = [...texts];
  // Without surrogates JavaScript's own order is the same, and much faster.
  return list.some((text) => SURROGATE.test(text)) ? list.toSorted(compareGoStrings) : list.toSorted();
}

const SURROGATE = /[\ud800-\udfff]/;

/** Returns the entries of a map in the order in which Go, and so kubectl, lists them. */
export function sortedByName<T>(entries: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return toSortedGoStrings(entries.keys()).map((name) => [name, entries.get(name) as T]);
}

/**
 * Returns the same value with the keys of every object in Go's order, as `json.Marshal` writes maps. Does not recurse:
 * the value may be nested as deeply as its author liked.
 */
export function withSortedKeys(value: JsonValue): JsonValue {
  const result: JsonValue[] = [];
  const pending: { readonly value: JsonValue; readonly put: (sorted: JsonValue) => void }[] = [
    { value, put: (sorted) => void result.push(sorted) },
  ];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value: current, put } = next;
    if (Array.isArray(current)) {
      const list: JsonValue[] = Array.from({ length: current.length }, () => null);
      put(list);
      for (const [index, element] of current.entries()) {
        pending.push({ value: element, put: (sorted) => void (list[index] = sorted) });
      }
    } else if (current instanceof Map) {
      const keys = toSortedGoStrings(current.keys() as Iterable<string>);
      const object = new Map<string, JsonValue>(keys.map((key) => [key, null]));
      put(object);
      for (const key of keys) {
        pending.push({ value: current.get(key) ?? null, put: (sorted) => void object.set(key, sorted) });
      }
    } else {
      put(current);
    }
  }
  return result[0] ?? null;
}
