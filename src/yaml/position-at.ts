import type { Position } from "../api/position.ts";
import { CR, LF } from "./chars.ts";

/**
 * Converts an offset (in UTF-16 units) into a line and a column, both from 1. Lines end at LF, CR or CRLF, as editors
 * count them; a character outside the basic plane counts as one column.
 */
export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  const end = Math.min(offset, text.length);
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) {
      line++;
      lineStart = i + 1;
    }
  }
  return { line, column: countCharacters(text, lineStart, end) + 1 };
}

/** Counts the characters (code points) between two offsets. */
export function countCharacters(text: string, from: number, to: number): number {
  let count = to - from;
  for (let i = from + 1; i < to; i++) {
    if (isLowSurrogate(text.charCodeAt(i))) count--;
  }
  return count;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
