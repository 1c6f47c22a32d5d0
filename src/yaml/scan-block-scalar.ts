import { UnitBuilder } from "../go/unit-builder.ts";
import {
  DASH,
  LF,
  LINE_SEPARATOR,
  NUL,
  PARAGRAPH_SEPARATOR,
  PIPE,
  PLUS,
  SPACE,
  TAB,
  ZERO,
  isBlank,
  isBreak,
  isBreakOrEnd,
  isDigit,
} from "./chars.ts";
import type { Cursor } from "./text-cursor.ts";
import { addLineBreaks } from "./line-folding.ts";
import { USE_SPACES } from "./hints.ts";
import type { Token } from "./yaml-token.ts";

/** What happens to the line breaks at the end of a block scalar. */
type Chomping = "strip" | "clip" | "keep";

/**
 * Scans a literal (`|`) or folded (`>`) scalar.
 *
 * @param parentIndent the column of the block collection that holds it, -1 outside of any.
 */
export function scanBlockScalar(cursor: Cursor, token: Token, parentIndent: number): void {
  const { text } = cursor;
  const literal = cursor.at() === PIPE;
  const { chomping, increment } = scanHeader(cursor, token);
  let indent = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;

  const builder = new UnitBuilder();
  // Where the last line ends, and where its line break does. Before the first line there is no break of its own.
  let lineEnd = cursor.pos;
  let breakEnd = cursor.pos;
  let lastStartsBlank = false;
  indent = skipIndentation(cursor, indent, parentIndent);
  while (cursor.column === indent && cursor.at() !== NUL) {
    const startsBlank = isBlank(cursor.at());
    const folds = !literal && !lastStartsBlank && !startsBlank && isFoldable(text, lineEnd, breakEnd);
    if (!folds) {
      addLineBreaks(builder, text, lineEnd, breakEnd);
    } else if (cursor.lineStart === breakEnd) {
      builder.push(SPACE);
    }
    addLineBreaks(builder, text, breakEnd, cursor.lineStart);
    lastStartsBlank = startsBlank;

    const lineFrom = cursor.pos;
    skipLine(cursor);
    builder.addRange(text, lineFrom, cursor.pos);
    cursor.need(2);
    lineEnd = cursor.pos;
    cursor.skipBreak();
    breakEnd = cursor.pos;
    skipIndentation(cursor, indent, parentIndent);
  }
  if (chomping !== "strip") addLineBreaks(builder, text, lineEnd, breakEnd);
  if (chomping === "keep") addLineBreaks(builder, text, breakEnd, cursor.pos);
  token.text = builder.toString();
}

/** Reports whether there is a line break between two offsets, and one that becomes LF. */
function isFoldable(text: string, from: number, to: number): boolean {
  if (from === to) return false;
  const code = text.charCodeAt(from);
  return code !== LINE_SEPARATOR && code !== PARAGRAPH_SEPARATOR;
}

/** Skips the indicators and the rest of their line. An increment of 0 means that none is given. */
function scanHeader(cursor: Cursor, token: Token): { chomping: Chomping; increment: number } {
  cursor.pos++;
  cursor.need(1);
  let chomping = scanChomping(cursor);
  let increment = 0;
  if (chomping !== undefined) cursor.need(1);
  if (isDigit(cursor.at())) {
    increment = cursor.at() - ZERO;
    if (increment === 0) throw cursor.error("found an indentation indicator equal to 0");
    cursor.pos++;
    if (chomping === undefined) {
      cursor.need(1);
      chomping = scanChomping(cursor);
    }
  }
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.at())) {
    throw cursor.error(
      "did not find expected comment or line break",
      cursor.pos,
      `put the text on the lines after the \`${cursor.text.charAt(token.start)}\`, or quote the value`,
    );
  }
  if (isBreak(cursor.at())) {
    cursor.need(2);
    cursor.skipBreak();
  }
  return { chomping: chomping ?? "clip", increment };
}

function scanChomping(cursor: Cursor): Chomping | undefined {
  const code = cursor.at();
  if (code !== PLUS && code !== DASH) return undefined;
  cursor.pos++;
  return code === PLUS ? "keep" : "strip";
}

/** Skips everything up to the line break. */
function skipLine(cursor: Cursor): void {
  if (cursor.simple) {
    cursor.pos = cursor.nextLineFeed.from(cursor.pos);
    return;
  }
  const { text } = cursor;
  const stop = Math.min(cursor.end, cursor.horizon - 8);
  let i = cursor.pos;
  while (i < stop) {
    const code = text.charCodeAt(i);
    if (code < SPACE ? code === LF || isBreak(code) : code > 0x7f && (isBreak(code) || isSurrogate(code)))
      break;
    i++;
  }
  cursor.pos = i;
  while (!isBreakOrEnd(cursor.at())) {
    cursor.skipCharacter();
    cursor.need(1);
  }
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/**
 * Skips empty lines and then the indentation of the next line.
 *
 * @param indent the indentation of the scalar, 0 if it is not known yet.
 * @returns that indentation: if it was not known, that of the deepest of these lines, but more than the parent's.
 */
function skipIndentation(cursor: Cursor, indent: number, parentIndent: number): number {
  const limit = indent === 0 ? Number.MAX_SAFE_INTEGER : indent;
  let deepest = 0;
  for (;;) {
    cursor.need(1);
    while (cursor.column < limit && cursor.at() === SPACE) {
      cursor.pos++;
      cursor.need(1);
    }
    deepest = Math.max(deepest, cursor.column);
    if (cursor.column < limit && cursor.at() === TAB) {
      throw cursor.error(
        "found a tab character where an indentation space is expected",
        cursor.pos,
        USE_SPACES,
      );
    }
    if (!isBreak(cursor.at())) break;
    cursor.need(2);
    cursor.skipBreak();
  }
  return indent === 0 ? Math.max(deepest, parentIndent + 1, 1) : indent;
}
