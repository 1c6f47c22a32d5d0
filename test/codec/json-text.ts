import type { JsonValue } from "../../src/api/json-value.ts";

/** The value of a JSON text; keys that look like integers come first, whatever their place. */
export function fromJson(text: string): JsonValue {
  return withMaps(JSON.parse(text) as Plain);
}

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

function withMaps(value: Plain): JsonValue {
  if (value === null || typeof value !== "object") {
    return value;
  }
  return Array.isArray(value)
    ? value.map(withMaps)
    : new Map(Object.entries(value).map(([key, member]) => [key, withMaps(member)]));
}
