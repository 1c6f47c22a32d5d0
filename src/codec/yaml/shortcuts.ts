import type { Cursor } from "./cursor.ts";
import { MAX_SIMPLE_KEY_LENGTH } from "./layout.ts";
import { COLON, DASH, HASH, LF, SPACE, isDigit, isWordCharacter } from "./chars.ts";

// Most lines of a kubeconfig are `key: value` or `- value`, without quotes, comments or spaces in the value. What
// these functions find is what the scanner would find token by token, only sooner; where in doubt they find nothing.

/** The offset of the `:` that ends a key of harmless characters at the cursor, -1 if there is no such key. */
export function simpleKeyEnd(cursor: Cursor): number {
  const { text } = cursor;
  let i = cursor.pos;
  if (!isHarmlessStart(text.charCodeAt(i))) return -1;
  const stop = Math.min(cursor.end - 1, i + MAX_SIMPLE_KEY_LENGTH);
  while (i < stop && isHarmless(text.charCodeAt(i))) i++;
  if (text.charCodeAt(i) !== COLON || i >= stop) return -1;
  const next = text.charCodeAt(i + 1);
  return next === SPACE || next === LF ? i : -1;
}

/**
 * The offset of the line feed that ends a plain value without spaces, -1 if there is no such value at an offset. The
 * next line must have something on it, so that it is plain to see that the value does not go on there.
 */
export function simpleValueEnd(cursor: Cursor, from: number): number {
  const { text } = cursor;
  if (!isHarmlessStart(text.charCodeAt(from))) return -1;
  const end = cursor.nextLineFeed.from(from);
  if (cursor.nextSpace.from(from) < end || text.charCodeAt(end - 1) === COLON) return -1;
  return end;
}

/** The offset of the first character of a line that is not a space, -1 if there is nothing but a comment. */
export function lineContent(cursor: Cursor, lineStart: number): number {
  const { text } = cursor;
  let i = lineStart;
  while (i < cursor.end && text.charCodeAt(i) === SPACE) i++;
  const code = text.charCodeAt(i);
  return i === cursor.end || code === LF || code === HASH ? -1 : i;
}

/** Whether a plain scalar may start with this character, whatever comes after. */
function isHarmlessStart(code: number): boolean {
  return code !== DASH && isHarmless(code);
}

function isHarmless(code: number): boolean {
  return isWordCharacter(code) || isDigit(code) || code === 0x2e || code === 0x2f || code === 0x2b;
}
