import { formatPrint } from "./format/format-print.ts";
import type { PipeNode } from "./node.ts";
import type { TemplateRunState } from "./run-state.ts";
import {
  type Concrete,
  GoInt,
  GoSlice,
  Interface,
  isMap,
  typeOf,
  type TemplateValue,
} from "./template-value.ts";

/** The turns of a range: each sets the range's variables and gives the value of the dot. */
export type Turns = Iterator<TemplateValue, undefined>;

/**
 * Returns the turns of a range over a value: the elements of a slice, those of a map in the order of its keys, the
 * integers below an integer. undefined when there is none.
 *
 * @throws TemplateError for values that cannot be ranged over, strings among them.
 */
export function rangeOver(
  state: TemplateRunState,
  pipe: PipeNode,
  value: Concrete | undefined,
): Turns | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (value instanceof GoSlice) {
    return value.length > 0 ? turns(state, pipe, elementsOf(value)) : undefined;
  }
  if (isMap(value)) {
    return value.size > 0 ? turns(state, pipe, membersOf(value)) : undefined;
  }
  if (value instanceof GoInt) {
    if (pipe.variables.length > 1) {
      state.fail(`can't use ${value.value} to iterate over more than one variable`);
    }
    return value.value > 0n ? turns(state, pipe, integersBelow(value)) : undefined;
  }
  // A string could be a secret.
  return state.fail(
    `range can't iterate over ${typeof value === "string" ? `a ${typeOf(value)}` : formatPrint([value])}`,
  );
}

type Members = Generator<readonly [key: TemplateValue, element: TemplateValue], undefined>;

function* turns(
  state: TemplateRunState,
  pipe: PipeNode,
  members: Members,
): Generator<TemplateValue, undefined> {
  const [first, second] = pipe.variables;
  for (const [key, element] of members) {
    if (pipe.isAssignment) {
      assign(state, first, second === undefined ? element : key);
      assign(state, second, element);
    } else if (first !== undefined) {
      state.setDeclared(1, element);
      if (second !== undefined) {
        state.setDeclared(2, key);
      }
    }
    yield element;
  }
  return undefined;
}

function assign(state: TemplateRunState, name: string | undefined, value: TemplateValue): void {
  if (name !== undefined) {
    state.setVariable(name, value);
  }
}

function* elementsOf(slice: GoSlice): Members {
  for (let i = 0; i < slice.length; i++) {
    yield [GoInt.int(i), new Interface(slice.at(i))];
  }
  return undefined;
}

function* membersOf(map: ReadonlyMap<string, Concrete | null>): Members {
  for (const [key, element] of map) {
    yield [key, new Interface(element)];
  }
  return undefined;
}

function* integersBelow({ type, value }: GoInt): Members {
  for (let i = 0n; i < value; i++) {
    yield [undefined, new GoInt(type, i)];
  }
  return undefined;
}
