import type { FilterNode, JsonPathNode } from "./ast.ts";
import { compareValues } from "./jsonpath-compare.ts";
import { failed, type WalkOutcome } from "./walk-outcome.ts";
import { checkResultCount, goTypeOf, isArray, NO_VALUE, type JsonPathValue } from "./jsonpath-value.ts";

/** Walks the steps of one side of a filter from one item. */
export type WalkSide = (item: JsonPathValue, steps: readonly JsonPathNode[]) => WalkOutcome;

/**
 * Keeps the items of each array that pass a filter (client-go, `evalFilter`).
 *
 * An existence filter forgives errors: an item passes when its side leaves any value, even with an error. A comparison
 * fails the whole filter when a side fails or finds several values, and skips an item when a side finds none.
 */
export function filterArrays(
  input: readonly JsonPathValue[],
  node: FilterNode,
  walkSide: WalkSide,
): WalkOutcome {
  const values: JsonPathValue[] = [];
  for (const value of input) {
    if (!isArray(value)) {
      // client-go prints the value itself, which may be a token.
      const found = value === NO_VALUE ? "<invalid reflect.Value>" : goTypeOf(value);
      return failed(input, `${found} is not array or slice and cannot be filtered`);
    }
    checkResultCount(values.length);
    for (const item of value) {
      const verdict = passesFilter(item, node, walkSide);
      if (typeof verdict === "object") {
        return failed(verdict.forgetResults ? input : values, verdict.error);
      }
      if (verdict) {
        values.push(item);
      }
    }
  }
  return { values };
}

interface FilterFailure {
  readonly error: string;
  /** Whether the failed filter returns its input, or what had passed before. */
  readonly forgetResults: boolean;
}

function passesFilter(item: JsonPathValue, node: FilterNode, walkSide: WalkSide): boolean | FilterFailure {
  const lefts = walkSide(item, node.left);
  if (node.comparison === undefined) {
    return lefts.values.length > 0;
  }
  const left = onlyValue(lefts);
  if (left === undefined || isFailure(left)) {
    return left ?? false;
  }
  const right = onlyValue(walkSide(item, node.comparison.right));
  if (right === undefined || isFailure(right)) {
    return right ?? false;
  }
  const result = compareValues(node.comparison.operator, left.value, right.value);
  return typeof result === "string" ? { error: result, forgetResults: false } : result;
}

interface OnlyValue {
  readonly value: JsonPathValue;
}

/** Returns the only value of a side, undefined when it has none. */
function onlyValue(side: WalkOutcome): OnlyValue | FilterFailure | undefined {
  if (side.error !== undefined) {
    return { error: side.error, forgetResults: true };
  }
  if (side.values.length > 1) {
    return { error: "can only compare one element at a time", forgetResults: true };
  }
  const [value] = side.values;
  return value === undefined ? undefined : { value };
}

function isFailure(side: OnlyValue | FilterFailure): side is FilterFailure {
  return "error" in side;
}
