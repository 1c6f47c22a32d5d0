import { mayBeSpecial, resolvePlain } from "./resolve-scalar.ts";
import { isTimestamp } from "./timestamp.ts";

/**
 * Reports whether go-yaml v2 quotes this string to keep it from reading as something else: null, a boolean, a number, a
 * timestamp (though go-yaml itself reads that as a string), or a number in base 60 (which only other readers know).
 * Source: go-yaml v2 `stringv`.
 */
export function needsQuotes(text: string): boolean {
  if (text === "") {
    return true;
  }
  return (
    mayBeSpecial(text.charCodeAt(0)) &&
    (resolvePlain(text).kind !== "string" || isTimestamp(text) || isBase60(text))
  );
}

/**
 * Matches `[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?`, in steps: one expression overflows the stack on a long
 * string.
 */
function isBase60(text: string): boolean {
  const start = BASE_60_START.exec(text)?.[0].length;
  if (start === undefined) {
    return false;
  }
  BASE_60_GROUP.lastIndex = start;
  let end = start;
  while (BASE_60_GROUP.test(text)) {
    end = BASE_60_GROUP.lastIndex;
  }
  return end > start && BASE_60_END.test(text.slice(end));
}

const BASE_60_START = /^[-+]?[0-9][0-9_]*(?=:)/;
const BASE_60_GROUP = /:[0-5]?[0-9]/y;
const BASE_60_END = /^(?:\.[0-9_]*)?$/;
