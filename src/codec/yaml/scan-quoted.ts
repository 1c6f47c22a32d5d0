import type { Cursor } from "./cursor.ts";
import type { Token } from "./token.ts";
import { atDocumentMarker } from "./scan-plain.ts";
import {
  BACKSLASH,
  DOUBLE_QUOTE,
  LF,
  NUL,
  SINGLE_QUOTE,
  SPACE,
  hexValue,
  isBlank,
  isBreak,
  isSpacing,
} from "./chars.ts";
import { foldLines, lineBreaks } from "./line-folding.ts";
import { TextBuilder } from "./text-builder.ts";

/** Scans a scalar in single or double quotes. The cursor is at the opening one, and comes to rest after the other. */
export function scanQuoted(cursor: Cursor, token: Token): void {
  if (scanSimple(cursor, token)) return;
  const { text } = cursor;
  const quote = cursor.at();
  const builder = new TextBuilder();
  cursor.pos++;
  let from = cursor.pos;
  for (;;) {
    cursor.need(4);
    if (atDocumentMarker(cursor)) {
      throw cursor.error("found unexpected document indicator", token.start, unclosed(quote));
    }
    if (cursor.at() === NUL) {
      throw cursor.error("found unexpected end of stream", token.start, unclosed(quote));
    }
    let escapedBreak = false;
    for (let code = cursor.at(); !isSpacing(code); code = cursor.at()) {
      if (code === quote) {
        if (quote === DOUBLE_QUOTE || cursor.at(1) !== SINGLE_QUOTE) break;
        builder.add(text.slice(from, cursor.pos + 1));
        cursor.pos += 2;
        from = cursor.pos;
      } else if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
        builder.add(text.slice(from, cursor.pos));
        if (isBreak(cursor.at(1))) {
          cursor.need(3);
          cursor.pos++;
          cursor.skipBreak();
          from = cursor.pos;
          escapedBreak = true;
          break;
        }
        builder.add(scanEscape(cursor));
        from = cursor.pos;
      } else {
        cursor.skipCharacter();
      }
      cursor.need(2);
    }
    cursor.need(1);
    if (cursor.at() === quote) break;
    from = foldWhiteSpace(cursor, builder, from, escapedBreak);
  }
  builder.add(text.slice(from, cursor.pos));
  cursor.pos++;
  token.text = builder.toString();
}

/** The usual case: one line, nothing escaped, all of it read. */
function scanSimple(cursor: Cursor, token: Token): boolean {
  const { text } = cursor;
  const quote = cursor.at();
  const stop = Math.min(cursor.end, cursor.horizon - 8);
  for (let i = cursor.pos + 1; i < stop; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      if (quote === SINGLE_QUOTE && text.charCodeAt(i + 1) === SINGLE_QUOTE) return false;
      token.from = cursor.pos + 1;
      token.to = i;
      cursor.pos = i + 1;
      return true;
    }
    if (
      code < SPACE
        ? code === LF || isBreak(code)
        : code === BACKSLASH
          ? quote === DOUBLE_QUOTE
          : isBreak(code)
    ) {
      return false;
    }
  }
  return false;
}

/**
 * Passes blanks and line breaks, and adds to the builder what stands before them and what they come to, if there is a
 * line break among them. Answers the offset up to which the text has been taken care of.
 */
function foldWhiteSpace(cursor: Cursor, builder: TextBuilder, from: number, escapedBreak: boolean): number {
  const start = cursor.pos;
  let broken = false;
  for (let code = cursor.at(); ; code = cursor.at()) {
    if (isBlank(code)) {
      cursor.pos++;
    } else if (isBreak(code)) {
      cursor.need(2);
      cursor.skipBreak();
      broken = true;
    } else {
      break;
    }
    cursor.need(1);
  }
  if (escapedBreak) {
    builder.add(lineBreaks(cursor.text, start, cursor.pos));
    return cursor.pos;
  }
  if (!broken) return from;
  builder.add(cursor.text.slice(from, start));
  builder.add(foldLines(cursor.text, start, cursor.pos));
  return cursor.pos;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\u0007"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\u001b"],
  [" ", " "],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["N", "\u0085"],
  ["_", "\u00a0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);

/** How many hexadecimal digits follow. */
const ESCAPE_DIGITS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

function scanEscape(cursor: Cursor): string {
  const start = cursor.pos;
  const letter = cursor.text.charAt(start + 1);
  const digits = ESCAPE_DIGITS.get(letter);
  const simple = ESCAPES.get(letter);
  if (digits === undefined && simple === undefined) {
    throw cursor.error(
      "found unknown escape character",
      start,
      "write `\\\\` for a backslash, or use single quotes",
    );
  }
  cursor.pos += 2;
  if (digits === undefined) return simple ?? "";
  cursor.need(digits);
  let point = 0;
  for (let i = 0; i < digits; i++) {
    const value = hexValue(cursor.at(i));
    if (value < 0) throw cursor.error("did not find expected hexdecimal number", start);
    point = point * 16 + value;
  }
  if ((point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) {
    throw cursor.error("found invalid Unicode character escape code", start);
  }
  cursor.pos += digits;
  return String.fromCodePoint(point);
}

function unclosed(quote: number): string {
  return `close the ${quote === SINGLE_QUOTE ? "single" : "double"} quote that opens here`;
}
