import type { Config } from "../../api/config.ts";

/**
 * Reports whether two Configs are written alike. Ignores the origin and the order of entries, and treats empty data as
 * missing.
 */
export function isSameConfig(a: Config, b: Config): boolean {
  return isSame(a, b);
}

type Pair = readonly [unknown, unknown];

/** Compares with a stack of its own: extensions may be nested as deeply as their author liked. */
function isSame(a: unknown, b: unknown): boolean {
  const pending: Pair[] = [[a, b]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const parts = partsToCompare(...pair);
    if (parts === undefined) {
      return false;
    }
    for (const part of parts) {
      pending.push(part);
    }
  }
  return true;
}

/** Returns the parts that must be the same for two values to be the same; undefined if the values differ. */
function partsToCompare(a: unknown, b: unknown): readonly Pair[] | undefined {
  if (a === b) {
    return [];
  }
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return isSameData(a, b) ? [] : undefined;
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return undefined;
  }
  if (a instanceof Map || b instanceof Map) {
    return a instanceof Map && b instanceof Map ? pairsOfMaps(a, b) : undefined;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) ? pairsOfLists(a, b) : undefined;
  }
  return pairsOfObjects(a, b);
}

function isSameData(a: unknown, b: unknown): boolean {
  const [one, other] = [a ?? NO_DATA, b ?? NO_DATA];
  return one instanceof Uint8Array && other instanceof Uint8Array && Buffer.compare(one, other) === 0;
}

const NO_DATA = new Uint8Array();

function pairsOfMaps(
  a: ReadonlyMap<unknown, unknown>,
  b: ReadonlyMap<unknown, unknown>,
): readonly Pair[] | undefined {
  const pairs: Pair[] = [];
  for (const [key, value] of a) {
    if (!b.has(key)) {
      return undefined;
    }
    pairs.push([value, b.get(key)]);
  }
  return a.size === b.size ? pairs : undefined;
}

function pairsOfLists(a: readonly unknown[], b: readonly unknown[]): readonly Pair[] | undefined {
  return a.length === b.length ? a.map((item, i): Pair => [item, b[i]]) : undefined;
}

/** Pairs the fields of two nouns, which all objects of a type have in common. */
function pairsOfObjects(a: object, b: object): readonly Pair[] {
  return Object.keys(a)
    .filter((key) => key !== "locationOfOrigin")
    .map((key): Pair => [a[key as keyof object], b[key as keyof object]]);
}
