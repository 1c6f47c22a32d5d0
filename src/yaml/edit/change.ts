import type { JsonValue } from "../../api/json-value.ts";

/** How a value changes. */
export type Change = Put | FieldChanges | ItemChanges;

/** Replaces the whole value. */
export interface Put {
  readonly kind: "put";
  readonly value: JsonValue;
}

/** Changes some fields of a mapping; the others stay. A value that is no mapping counts as an empty one. */
export interface FieldChanges {
  readonly kind: "fields";
  readonly fields: ReadonlyMap<string, FieldChange>;
  /** The field that new ones follow. Default: kubectl's order if the keys are in it, else the last one. */
  readonly after?: string | undefined;
}

/** Changes some items of a list; the others stay. A value that is no list counts as an empty one. */
export interface ItemChanges {
  readonly kind: "items";
  /** By their index. */
  readonly items: ReadonlyMap<number, Change | Removal>;
  /** New items, by the index of the item that they precede. */
  readonly inserts: ReadonlyMap<number, readonly JsonValue[]>;
}

/** Removes a field or an item. A field that cannot be removed, because a merge provides it, becomes null. */
export interface Removal {
  readonly kind: "remove";
}

/** How a field changes. */
export type FieldChange = Change | Removal | Rename;

/** Renames a field; its value stays. */
export interface Rename {
  readonly kind: "rename";
  readonly to: string;
}

export const REMOVE: Removal = { kind: "remove" };

/** Returns the value after a change. `undefined` means that there is no value. */
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
  const result = new Map<string, JsonValue>();
  for (const [key, old] of value) {
    const change = fields.get(key);
    if (change?.kind === "rename") {
      result.set(change.to, old);
    } else if (change?.kind !== "remove") {
      result.set(key, change === undefined ? old : applyChange(old, change));
    }
  }
  for (const [key, change] of fields) {
    if (!value.has(key) && change.kind !== "remove" && change.kind !== "rename") {
      result.set(key, applyChange(undefined, change));
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
