import type { IdentifierNode, JsonPathNode, UnionNode } from "./ast.ts";
import { filterArrays } from "./filter.ts";
import { failed, type WalkOutcome } from "./walk-outcome.ts";
import { sliceArrays } from "./slice.ts";
import { checkResultCount, isObject, type JsonPathValue, childrenOf } from "./jsonpath-value.ts";

/** The state of a run between `range` and `end`. The steps count; {@link runJsonPath} acts on it. */
export interface JsonPathRunState {
  readonly allowMissingKeys: boolean;
  /** `range` words found and not yet acted on. */
  rangesToBegin: number;
  /** Ranges that are open. */
  openRanges: number;
  /** `end` words found and not yet acted on. */
  rangesToEnd: number;
}

/** Takes one step from all the values found so far (client-go, `JSONPath.walk`). */
export function walk(
  input: readonly JsonPathValue[],
  node: JsonPathNode,
  state: JsonPathRunState,
): WalkOutcome {
  switch (node.kind) {
    case "text":
      return { values: [node.text] };
    case "action":
      return walkSteps(input, node.steps, state);
    case "field":
      return pickField(input, node.name, state);
    case "identifier":
      return obeyWord(input, node, state);
    case "literal":
      return { values: input.map(() => node.value) };
    case "slice":
      return sliceArrays(input, node);
    case "filter":
      return filterArrays(input, node, (item, steps) => walkSteps([item], steps, state));
    case "union":
      return unite(input, node, state);
    case "wildcard":
      return { values: allChildren(input) };
    default:
      node satisfies { readonly kind: "recursive" };
      return { values: allContainers(input) };
  }
}

function walkSteps(
  input: readonly JsonPathValue[],
  steps: readonly JsonPathNode[],
  state: JsonPathRunState,
): WalkOutcome {
  let values = input;
  for (const step of steps) {
    const outcome = walk(values, step, state);
    if (outcome.error !== undefined) {
      return outcome;
    }
    values = outcome.values;
  }
  return { values };
}

function pickField(input: readonly JsonPathValue[], name: string, state: JsonPathRunState): WalkOutcome {
  const values: JsonPathValue[] = [];
  for (const value of input) {
    const found = isObject(value) ? value.get(name) : undefined;
    if (found !== undefined) {
      values.push(found);
    }
  }
  const missing = values.length === 0 && input.length > 0 && !state.allowMissingKeys;
  return missing ? failed(values, `${name} is not found`) : { values };
}

function obeyWord(
  input: readonly JsonPathValue[],
  node: IdentifierNode,
  state: JsonPathRunState,
): WalkOutcome {
  if (node.name === "range") {
    state.rangesToBegin++;
    return { values: input };
  }
  if (node.name !== "end") {
    return failed(input, `unrecognized identifier ${node.name}`);
  }
  if (state.openRanges === 0) {
    return failed([], "not in range, nothing to end");
  }
  state.rangesToEnd++;
  return { values: [] };
}

function unite(input: readonly JsonPathValue[], node: UnionNode, state: JsonPathRunState): WalkOutcome {
  const values: JsonPathValue[] = [];
  for (const branch of node.branches) {
    const outcome = walkSteps(input, branch, state);
    if (outcome.error !== undefined) {
      return failed(input, outcome.error);
    }
    checkResultCount(values.length + outcome.values.length);
    for (const value of outcome.values) {
      values.push(value);
    }
  }
  return { values };
}

/** Returns the wildcard's results in each value. */
function allChildren(input: readonly JsonPathValue[]): readonly JsonPathValue[] {
  const values: JsonPathValue[] = [];
  for (const value of input) {
    const children = childrenOf(value);
    checkResultCount(values.length + children.length);
    for (const child of children) {
      values.push(child);
    }
  }
  return values;
}

/** Returns every object, array and string that is not empty, parents before their children. */
function allContainers(input: readonly JsonPathValue[]): readonly JsonPathValue[] {
  const values: JsonPathValue[] = [];
  const pending: JsonPathValue[] = input.toReversed();
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
