import type { SliceNode } from "./ast.ts";
import { addInt64, isAsciiDigits, parseGoInt } from "./jsonpath-integer.ts";
import { JsonPathError } from "./json-path-error.ts";

/**
 * Reads what stands in `[…]` as an index or a slice.
 *
 * @throws JsonPathError `invalid array index …`, or `array index … is not a number` for a number beyond 64 bits.
 */
export function parseSlice(text: string): SliceNode {
  const parts = text.split(":");
  if (parts.length > 3 || !parts.every(isSignedDigits)) {
    throw new JsonPathError(`invalid array index ${text}`);
  }
  const [start, end, step] = parts.map(parsePart);
  const endDerived = parts.length === 1;
  return { kind: "slice", start, end: endDerived ? addInt64(start ?? 0n, 1n) : end, endDerived, step };
}

/** Digits with an optional minus, where "" and "-" count as well. */
function isSignedDigits(text: string): boolean {
  const digits = text.startsWith("-") ? text.slice(1) : text;
  return digits === "" || isAsciiDigits(digits);
}

function parsePart(text: string): bigint | undefined {
  if (text === "") {
    return undefined;
  }
  const value = parseGoInt(text);
  if (value === undefined) {
    throw new JsonPathError(`array index ${text} is not a number`);
  }
  return value;
}
