import type { JsonValue } from "../../api/json-value.ts";

/** What is to become of a value. */
export type Change = Put | FieldChanges | ItemChanges;

/** The value becomes another one as a whole. */
export interface Put {
  readonly kind: "put";
  readonly value: JsonValue;
}

/** Some fields of a mapping change; the others stay. What is no mapping counts as an empty one. */
export interface FieldChanges {
  readonly kind: "fields";
  readonly fields: ReadonlyMap<string, Change | Removal>;
}

/** Some items of a list change; the others stay. What is no list counts as an empty one. */
export interface ItemChanges {
  readonly kind: "items";
  /** By their index. */
  readonly items: ReadonlyMap<number, Change | Removal>;
  /** New items, by the index of the item before which they go. */
  readonly inserts: ReadonlyMap<number, readonly JsonValue[]>;
}

/** A field or an item goes. A field that cannot go, because a merge gives it, becomes null. */
export interface Removal {
  readonly kind: "remove";
}

export const REMOVE: Removal = { kind: "remove" };

/** The value after a change. `undefined` is a value that is not there. */
export function applyChange(value: JsonValue | undefined, change: Change): JsonValue {
  switch (change.kind) {
    case "put":
      return change.value;
    case "fields":
      return applyFields(value instanceof Map ? value : new Map<string, JsonValue>(), change);
    default:
      return applyItems(Array.isArray(value) ? (value as readonly JsonValue[]) : [], change);
  }
}

function applyFields(value: ReadonlyMap<string, JsonValue>, { fields }: FieldChanges): JsonValue {
  const result = new Map(value);
  for (const [key, change] of fields) {
    if (change.kind === "remove") {
      result.delete(key);
    } else {
      result.set(key, applyChange(value.get(key), change));
    }
  }
  return result;
}

function applyItems(value: readonly JsonValue[], { items, inserts }: ItemChanges): JsonValue {
  const result: JsonValue[] = [];
  for (let i = 0; i <= value.length; i++) {
    for (const inserted of inserts.get(i) ?? []) {
      result.push(inserted);
    }
    const item = value[i];
    const change = items.get(i);
    if (item === undefined || change?.kind === "remove") {
      continue;
    }
    result.push(change === undefined ? item : applyChange(item, change));
  }
  return result;
}
