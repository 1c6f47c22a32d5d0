import type { SliceNode } from "./ast.ts";
import { addInt64 } from "./jsonpath-integer.ts";
import { failed, type WalkOutcome } from "./walk-outcome.ts";
import { checkResultCount, goTypeOf, isArray, NO_VALUE, type JsonPathValue } from "./jsonpath-value.ts";

/**
 * Takes an index or a slice of each array; skips null.
 *
 * An empty slice ends the step at once, whatever arrays follow (client-go, `evalArray`).
 */
export function sliceArrays(input: readonly JsonPathValue[], node: SliceNode): WalkOutcome {
  const results: JsonPathValue[] = [];
  for (const value of input) {
    if (value === null) {
      continue;
    }
    if (!isArray(value)) {
      // kubectl panics on NO_VALUE.
      const found = value === NO_VALUE ? "<no value>" : goTypeOf(value);
      return failed(input, `${found} is not array or slice`);
    }
    const bounds = boundsIn(value.length, node);
    if (typeof bounds === "string") {
      return failed(input, bounds);
    }
    if (bounds.start === bounds.end) {
      return { values: results };
    }
    const step = Number(node.step ?? 1n);
    if (step <= 0) {
      return failed(input, "step must be > 0");
    }
    checkResultCount(results.length + Math.ceil((bounds.end - bounds.start) / step));
    for (let i = bounds.start; i < bounds.end; i += step) {
      results.push(value[i] ?? null);
    }
  }
  return { values: results };
}

interface Bounds {
  readonly start: number;
  readonly end: number;
}

/** Returns the bounds within an array of that length, or the words of the error. Negative ones count from its end. */
function boundsIn(size: number, node: SliceNode): Bounds | string {
  if (node.start === undefined && node.end === undefined) {
    return { start: 0, end: size };
  }
  const length = BigInt(size);
  let start = node.start ?? 0n;
  if (start < 0n) {
    start += length;
  }
  let end = node.end ?? length;
  if (end < 0n || (end === 0n && node.endDerived)) {
    end += length;
  }
  if (start === end) {
    return { start: 0, end: 0 };
  }
  if (start >= length || start < 0n) {
    return `array index out of bounds: index ${start}, length ${length}`;
  }
  if (end > length || end < 0n) {
    return `array index out of bounds: index ${addInt64(end, -1n)}, length ${length}`;
  }
  if (start > end) {
    return `starting index ${start} is greater than ending index ${end}`;
  }
  return { start: Number(start), end: Number(end) };
}
