import type { JsonValue } from "../../../src/api/json-value.ts";

/** Reads JSON text as the values of the product: objects are Maps, so that `__proto__` is a key like any other. */
export function readJson(text: string): JsonValue {
  return fromParsed(JSON.parse(text));
}

function fromParsed(value: unknown): JsonValue {
  if (Array.isArray(value)) {
    return value.map(fromParsed);
  }
  if (typeof value === "object" && value !== null) {
    return new Map(Object.entries(value).map(([key, item]) => [key, fromParsed(item)]));
  }
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean"
  ) {
    return value;
  }
  throw new TypeError(`not JSON: ${typeof value}`);
}
