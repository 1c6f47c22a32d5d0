import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { sortedByName } from "../../go/order.ts";
import { toBytes } from "../../go/byte-text.ts";
import { JsonPathError } from "./json-path-error.ts";

/**
 * A value that a step works on: decoded JSON, and Go values that only a template can make. A `number` is a float64, a
 * `bigint` an integer: of the template, or of the data (see {@link decodeAsGo}).
 */
export type JsonPathValue = JsonValue | GoByte | typeof NO_VALUE;

/** Go's `uint8`. */
export class GoByte {
  readonly byte: number;

  constructor(byte: number) {
    this.byte = byte;
  }
}

const BYTES = Array.from({ length: 256 }, (_, byte) => new GoByte(byte));

/**
 * Go's zero `reflect.Value`: the value of `@` inside a `range` over null, and while a `range` over nothing is walked.
 */
export const NO_VALUE: unique symbol = Symbol("no value");

/** The most results: a template can multiply them without end. */
const MAX_RESULTS = 2 ** 24;

/**
 * Checks the number of results.
 *
 * @throws JsonPathError when `count` values would be more than 16,777,216.
 */
export function checkResultCount(count: number): void {
  if (count > MAX_RESULTS) {
    throw new JsonPathError(`the template finds more than ${MAX_RESULTS} values`);
  }
}

export function isArray(value: JsonPathValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isObject(value: JsonPathValue): value is JsonObject {
  return value instanceof Map;
}

/**
 * Returns the children that a wildcard finds: the values of an object in the order of its keys, of an array, or the
 * bytes of a string.
 */
export function childrenOf(value: JsonPathValue): readonly JsonPathValue[] {
  if (isObject(value)) {
    return [...value.values()];
  }
  if (isArray(value)) {
    return value;
  }
  if (typeof value !== "string") {
    return [];
  }
  checkResultCount(value.length);
  return toBytes(value).map((byte) => BYTES[byte] ?? new GoByte(byte));
}

/** Returns the name of a value's Go type, as in client-go's messages. */
export function goTypeOf(value: JsonPathValue): string {
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "number":
      return "float64";
    case "bigint":
      return "int";
    case "string":
      return "string";
    default:
  }
  if (value instanceof GoByte) {
    return "uint8";
  }
  if (isArray(value)) {
    return "[]interface {}";
  }
  return isObject(value) ? "map[string]interface {}" : "<nil>";
}

const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/**
 * Copies a value as kubectl passes it to the template, with the keys of every object in Go's order.
 *
 * @param hasIntegers - whether integers that fit are int64s, as in an object of a server. kubectl's own types, such as
 *   a kubeconfig, go through `json.Unmarshal`, which makes every number a float64.
 */
export function decodeAsGo(root: JsonValue, hasIntegers: boolean): JsonValue {
  const open: (() => void)[] = [];
  const copy = (value: JsonValue): JsonValue => {
    if (typeof value === "bigint" || typeof value === "number") {
      return hasIntegers ? asInt64(value) : Number(value);
    }
    if (isArray(value)) {
      const items: JsonValue[] = [];
      open.push(() => {
        for (const item of value) {
          items.push(copy(item));
        }
      });
      return items;
    }
    if (isObject(value)) {
      const object = new Map<string, JsonValue>();
      open.push(() => {
        for (const [key, item] of sortedByName(value)) {
          object.set(key, copy(item));
        }
      });
      return object;
    }
    return value;
  };
  const result = copy(root);
  for (let fill = open.pop(); fill !== undefined; fill = open.pop()) {
    fill();
  }
  return result;
}

/** Returns an integer that fits into 64 bits as a bigint, any other number as a float64. */
function asInt64(value: number | bigint): number | bigint {
  if (typeof value === "number" && !Number.isInteger(value)) {
    return value;
  }
  const integer = BigInt(value);
  return integer >= MIN_INT64 && integer <= MAX_INT64 ? integer : Number(value);
}
