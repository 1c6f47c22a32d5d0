import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { REMOVE } from "./change.ts";
import type { Change, FieldChanges, Removal } from "./change.ts";

/** Returns the change that turns one value into another; undefined if they are the same. */
export function planValue(before: JsonValue, after: JsonValue): Change | undefined {
  if (before instanceof Map && after instanceof Map) {
    return planFields(before, after);
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return planItems(before as readonly JsonValue[], after as readonly JsonValue[]);
  }
  return before === after ? undefined : { kind: "put", value: after };
}

function planFields(before: JsonObject, after: JsonObject): FieldChanges | undefined {
  const fields = new Map<string, Change | Removal>();
  for (const name of before.keys()) {
    if (!after.has(name)) {
      fields.set(name, REMOVE);
    }
  }
  for (const [name, value] of after) {
    const old = before.get(name);
    const change: Change | undefined = old === undefined ? { kind: "put", value } : planValue(old, value);
    if (change !== undefined) {
      fields.set(name, change);
    }
  }
  return fields.size === 0 ? undefined : { kind: "fields", fields };
}

/**
 * Plans the change of a list: equal items at the start and at the end stay; of those between, each becomes its
 * successor.
 */
function planItems(before: readonly JsonValue[], after: readonly JsonValue[]): Change | undefined {
  const shorter = Math.min(before.length, after.length);
  const isSame = (i: number, j: number) => planValue(before[i] ?? null, after[j] ?? null) === undefined;
  let head = 0;
  while (head < shorter && isSame(head, head)) {
    head++;
  }
  let tail = 0;
  while (tail < shorter - head && isSame(before.length - 1 - tail, after.length - 1 - tail)) {
    tail++;
  }
  const items = new Map<number, Change | Removal>();
  const paired = shorter - tail;
  for (let i = head; i < paired; i++) {
    const change = planValue(before[i] ?? null, after[i] ?? null);
    if (change !== undefined) {
      items.set(i, change);
    }
  }
  for (let i = paired; i < before.length - tail; i++) {
    items.set(i, REMOVE);
  }
  const added = after.slice(paired, after.length - tail);
  const inserts = new Map(added.length === 0 ? [] : [[before.length - tail, added]]);
  return items.size + inserts.size === 0 ? undefined : { kind: "items", items, inserts };
}
