import { checkResultCount, childrenOf, type Value } from "./jsonpath-value.ts";

/** What the wildcard finds in each value. */
export function allChildren(input: readonly Value[]): readonly Value[] {
  const values: Value[] = [];
  for (const value of input) {
    const children = childrenOf(value);
    checkResultCount(values.length + children.length);
    for (const child of children) {
      values.push(child);
    }
  }
  return values;
}

/** Every object, array and string that is not empty, parents before their children. */
export function allContainers(input: readonly Value[]): readonly Value[] {
  const values: Value[] = [];
  const pending: Value[] = input.toReversed();
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value === "string") {
      if (value !== "") {
        values.push(value);
      }
      continue;
    }
    checkResultCount(values.length + pending.length);
    const children = childrenOf(value);
    if (children.length > 0) {
      values.push(value);
      for (let i = children.length - 1; i >= 0; i--) {
        pending.push(children[i] ?? null);
      }
    }
  }
  return values;
}
