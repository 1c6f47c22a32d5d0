import type { JsonValue } from "../api/json-value.ts";
import { encodeBase64 } from "./base64.ts";
import { toSortedGoStrings } from "./order.ts";

/**
 * Converts any value to its JSON, with the keys of every object in Go's order, as `json.Marshal` writes maps. Does not
 * recurse: the value may be nested as deeply as its author liked.
 *
 * - Objects and Maps become Maps. Typed objects of @kubernetes/client-node have the names of their fields on the wire
 *   (`continue`, not `_continue`).
 * - A Date is the time to the second, as Kubernetes writes it; bytes are base64; `toJSON` is honoured.
 * - What JSON leaves out (undefined, functions, symbols) is left out.
 *
 * @throws TypeError for what JSON cannot have: a cycle, and numbers that are not finite
 */
export function toJsonValue(root: unknown): JsonValue {
  const result: JsonValue[] = [];
  const open = new Set<object>();
  const steps: (() => void)[] = [];
  const convert = (given: unknown, put: (value: JsonValue) => void): void => {
    const value = plainValue(given);
    if (value === null || typeof value !== "object") {
      put(scalar(value));
      return;
    }
    if (open.has(value)) {
      throw new TypeError("an object that contains itself has no JSON");
    }
    open.add(value);
    steps.push(() => void open.delete(value));
    if (Array.isArray(value)) {
      const list: JsonValue[] = value.map(() => null);
      put(list);
      for (const [index, item] of value.entries()) {
        steps.push(() => convert(item, (converted) => void (list[index] = converted)));
      }
      return;
    }
    const members = membersOf(value);
    const object = new Map<string, JsonValue>();
    for (const key of toSortedGoStrings(members.keys())) {
      object.set(key, null);
      steps.push(() => convert(members.get(key), (converted) => void object.set(key, converted)));
    }
    put(object);
  };
  convert(root, (value) => void result.push(value));
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    step();
  }
  return result[0] ?? null;
}

/** Returns the value that represents an object in JSON. */
function plainValue(value: unknown): unknown {
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? null : timeOf(value);
  }
  if (value instanceof Uint8Array) {
    return encodeBase64(value);
  }
  const hasToJson = typeof value === "object" && value !== null && "toJSON" in value;
  return hasToJson && typeof value.toJSON === "function" ? (value.toJSON() as unknown) : value;
}

/** Formats as metav1.Time; the official client's V1MicroTime has six digits after the point, as metav1.MicroTime. */
function timeOf(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, "Z");
}

function scalar(value: unknown): JsonValue {
  switch (typeof value) {
    case "string":
      return wellFormed(value);
    case "number":
      if (!Number.isFinite(value)) {
        throw new TypeError(`${value} has no JSON`);
      }
      return value === 0 ? 0 : value;
    case "boolean":
    case "bigint":
      return value;
    default:
      return null;
  }
}

/** Replaces what is no character, as Go's decoder of JSON does. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, "\ufffd");
}

/** Returns the members of an object that JSON has, by their names on the wire. */
function membersOf(value: object): ReadonlyMap<string, unknown> {
  const names = wireNames(value);
  const members = value instanceof Map ? [...(value as Map<unknown, unknown>)] : Object.entries(value);
  return new Map(
    members
      .filter(([, member]) => !["undefined", "function", "symbol"].includes(typeof member))
      .map(([key, member]) => [wellFormed(names.get(String(key)) ?? String(key)), member]),
  );
}

/** Returns the names on the wire of the fields of an object of the official client, whose classes list them. */
function wireNames(value: object): ReadonlyMap<string, string> {
  const { constructor } = value as { readonly constructor?: unknown };
  if (typeof constructor !== "function" || !("getAttributeTypeMap" in constructor)) {
    return NO_NAMES;
  }
  const { getAttributeTypeMap } = constructor;
  const fields: unknown =
    typeof getAttributeTypeMap === "function" ? getAttributeTypeMap.call(constructor) : [];
  return new Map(
    (fields as readonly { readonly name: string; readonly baseName: string }[]).map(({ name, baseName }) => [
      name,
      baseName,
    ]),
  );
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();
