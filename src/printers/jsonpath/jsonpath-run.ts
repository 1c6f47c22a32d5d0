import type { JsonPathNode } from "./ast.ts";
import { JsonPathError } from "./json-path-error.ts";
import { checkResultCount, NO_VALUE, type JsonPathValue } from "./jsonpath-value.ts";
import { type JsonPathRunState, walk } from "./jsonpath-walk.ts";

/** One pass over the nodes: the whole template, or the body of a range for one value and everything after it. */
interface Frame {
  readonly input: readonly JsonPathValue[];
  /** Whether this pass has no result: a range over nothing is still walked, to find its end. */
  readonly silent: boolean;
  next: number;
  range: OpenRange | undefined;
}

interface OpenRange {
  readonly values: readonly JsonPathValue[];
  readonly silent: boolean;
  next: number;
}

/**
 * Runs a template: yields the values that each of its nodes finds, in printing order.
 *
 * client-go does this by recursion (`FindResults`); here the frames are a list, since a template may open any number of
 * ranges. A range without an end is walked once more after its last turn, as in kubectl.
 *
 * @throws JsonPathError in client-go's words.
 */
export function runJsonPath(
  nodes: readonly JsonPathNode[],
  root: JsonPathValue,
  allowMissingKeys: boolean,
): readonly (readonly JsonPathValue[])[] {
  const results: (readonly JsonPathValue[])[] = [];
  const state: JsonPathRunState = { allowMissingKeys, rangesToBegin: 0, openRanges: 0, rangesToEnd: 0 };
  const frames: Frame[] = [{ input: [root ?? NO_VALUE], silent: false, next: 0, range: undefined }];
  let lastEnd = -1;
  let found = 0;
  for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
    if (frame.range !== undefined) {
      const turn = nextTurn(frame, frame.range);
      if (turn !== undefined) {
        frames.push(turn);
        continue;
      }
      state.openRanges--;
      frame.range = undefined;
      frame.next = Math.max(frame.next, lastEnd + 1);
      continue;
    }
    const node = nodes[frame.next];
    if (node === undefined) {
      frames.pop();
      continue;
    }
    const { values, error } = walk(frame.input, node, state);
    if (error !== undefined) {
      throw new JsonPathError(error);
    }
    if (state.rangesToEnd > 0 && state.rangesToEnd <= state.openRanges) {
      state.rangesToEnd--;
      lastEnd = frame.next;
      frames.pop();
      continue;
    }
    frame.next++;
    if (state.rangesToBegin > 0) {
      state.rangesToBegin--;
      state.openRanges++;
      const isEmpty = values.length === 0;
      frame.range = { values: isEmpty ? [null] : values, silent: frame.silent || isEmpty, next: 0 };
    } else if (!frame.silent) {
      results.push(values);
      found += values.length;
      checkResultCount(found);
    }
  }
  return results;
}

/**
 * Returns the pass for the next value of a range. A null becomes no value.
 *
 * @throws JsonPathError where kubectl panics: a range over no value, `@` inside a range over null.
 */
function nextTurn(frame: Frame, range: OpenRange): Frame | undefined {
  const value = range.values[range.next];
  if (value === undefined) {
    return undefined;
  }
  if (value === NO_VALUE) {
    throw new JsonPathError("a range over null has no value to range over");
  }
  range.next++;
  return { input: [value ?? NO_VALUE], silent: range.silent, next: frame.next, range: undefined };
}
