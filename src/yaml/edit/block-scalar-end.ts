import { DASH, GREATER, PIPE, PLUS, SPACE, ZERO, isBlank, isBreak, isDigit } from "../chars.ts";
import { Refusal } from "./refusal.ts";
import { afterBreak, lineEnd } from "./text-lines.ts";

/** The indicators after the `|` or `>` of a block scalar. */
interface Header {
  /** Whether the line breaks at its end belong to it. */
  readonly keeps: boolean;
  /** Its indentation beyond that of the collection around it; 0 if it follows from the first line. */
  readonly increment: number;
}

/**
 * Finds the end of a literal or folded scalar: before the break of its last line. Empty lines after it belong to it
 * only if it keeps them (`|+`).
 *
 * @param column - of the innermost block collection that holds it, -1 outside of any
 */
export function blockScalarEnd(text: string, offset: number, column: number): number {
  const { keeps, increment } = readHeader(text, offset);
  let end = lineEnd(text, offset);
  const first = afterBreak(text, end);
  const indent = increment > 0 ? Math.max(column, 0) + increment : detectIndent(text, first, column);
  let lastBreak = end;
  for (let start = first; start > lastBreak; start = afterBreak(text, lastBreak)) {
    const content = skipSpaces(text, start, indent);
    lastBreak = lineEnd(text, start);
    if (content - start < indent && content < lastBreak) break;
    if (content === lastBreak && content >= text.length) break;
    if (content < lastBreak || keeps) end = lastBreak;
  }
  return end;
}

function readHeader(text: string, offset: number): Header {
  const code = text.charCodeAt(offset);
  if (code !== PIPE && code !== GREATER) throw new Refusal("a scalar of an unknown kind");
  let keeps = false;
  let increment = 0;
  for (let i = offset + 1; ; i++) {
    const unit = text.charCodeAt(i);
    if (unit === PLUS) {
      keeps = true;
    } else if (isDigit(unit)) {
      increment = unit - ZERO;
    } else if (unit !== DASH) {
      return { keeps, increment };
    }
  }
}

/** Detects the indentation by the scanner's rule: the deepest of the first line and the empty ones before it. */
function detectIndent(text: string, first: number, column: number): number {
  let deepest = 0;
  for (let start = first; ;) {
    const content = skipSpaces(text, start, Infinity);
    deepest = Math.max(deepest, content - start);
    if (!isBreak(text.charCodeAt(content))) return Math.max(deepest, column + 1, 1);
    start = afterBreak(text, content);
  }
}

function skipSpaces(text: string, start: number, limit: number): number {
  let i = start;
  while (i - start < limit && text.charCodeAt(i) === SPACE) i++;
  return i;
}

/** Reports whether a block scalar ends with the text, without a line break at its end that it could lose or gain. */
export function isUnfinished(text: string, offset: number, end: number): boolean {
  const code = text.charCodeAt(offset);
  if (code !== PIPE && code !== GREATER) return false;
  for (let i = offset + 1; isDigit(text.charCodeAt(i)) || text.charCodeAt(i) === DASH; i++) {
    if (text.charCodeAt(i) === DASH) return false;
  }
  let i = end;
  while (isBlank(text.charCodeAt(i))) i++;
  return i >= text.length;
}
