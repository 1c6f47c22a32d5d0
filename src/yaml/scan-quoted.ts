import { UnitBuilder } from "../go/unit-builder.ts";
import {
  BACKSLASH,
  DOUBLE_QUOTE,
  NUL,
  SINGLE_QUOTE,
  SPACE,
  TILDE,
  hexValue,
  isBlank,
  isBreak,
  isSpacing,
} from "./chars.ts";
import type { Cursor } from "./text-cursor.ts";
import { addFolded, addLineBreaks } from "./line-folding.ts";
import { atDocumentMarker } from "./scan-plain.ts";
import type { Token } from "./yaml-token.ts";

/** Scans a scalar in single or double quotes, from the opening quote to behind the closing one. */
export function scanQuoted(cursor: Cursor, token: Token): void {
  if (scanSimple(cursor, token)) return;
  const { text } = cursor;
  const quote = cursor.at();
  const builder = new UnitBuilder();
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
    skipOrdinary(cursor, quote);
    for (let code = cursor.at(); !isSpacing(code); code = cursor.at()) {
      if (code === quote) {
        if (quote === DOUBLE_QUOTE || cursor.at(1) !== SINGLE_QUOTE) break;
        builder.addRange(text, from, cursor.pos + 1);
        cursor.pos += 2;
        from = cursor.pos;
      } else if (code === BACKSLASH && quote === DOUBLE_QUOTE) {
        builder.addRange(text, from, cursor.pos);
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
  builder.addRange(text, from, cursor.pos);
  cursor.pos++;
  token.text = builder.toString();
}

/** Skips printable ASCII characters without meaning, as far as they have been read. */
function skipOrdinary(cursor: Cursor, quote: number): void {
  const { text } = cursor;
  const stop = Math.min(cursor.end, cursor.horizon - 8);
  let i = cursor.pos;
  while (i < stop) {
    const code = text.charCodeAt(i);
    if (code === quote || code === BACKSLASH || code <= SPACE || code > TILDE) break;
    i++;
  }
  cursor.pos = i;
}

/** Scans the usual case: one line, nothing escaped, all of it read. */
function scanSimple(cursor: Cursor, token: Token): boolean {
  const { text } = cursor;
  const quote = cursor.at();
  const close = findClosingQuote(cursor, quote);
  if (close < 0 || (quote === SINGLE_QUOTE && text.charCodeAt(close + 1) === SINGLE_QUOTE)) return false;
  token.from = cursor.pos + 1;
  token.to = close;
  cursor.pos = close + 1;
  return true;
}

/** Up to this length, looking at each character is faster than `indexOf`. */
const SHORT = 32;

/**
 * Returns the offset of the next quote, -1 if a line break or an escape comes first or the text has not been read so
 * far.
 */
function findClosingQuote(cursor: Cursor, quote: number): number {
  const { text } = cursor;
  const from = cursor.pos + 1;
  const stop = Math.min(cursor.end, cursor.horizon - 8);
  const careful = cursor.simple ? Math.min(stop, from + SHORT) : stop;
  for (let i = from; i < careful; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return i;
    if (code === BACKSLASH ? quote === DOUBLE_QUOTE : isBreak(code)) return -1;
  }
  if (careful === stop) return -1;
  const close = (quote === SINGLE_QUOTE ? cursor.nextSingleQuote : cursor.nextDoubleQuote).from(careful);
  const escape = quote === SINGLE_QUOTE ? cursor.end : cursor.nextBackslash.from(careful);
  return close < escape && close < cursor.nextLineFeed.from(careful) ? close : -1;
}

/**
 * Skips blanks and line breaks, and adds to the builder the text before them and their folded form, if there is a line
 * break among them. Returns the offset up to which the text has been processed.
 */
function foldWhiteSpace(cursor: Cursor, builder: UnitBuilder, from: number, escapedBreak: boolean): number {
  const start = cursor.pos;
  const broken = skipWhiteSpace(cursor);
  if (escapedBreak) {
    addLineBreaks(builder, cursor.text, start, cursor.pos);
    return cursor.pos;
  }
  if (!broken) return from;
  builder.addRange(cursor.text, from, start);
  addFolded(builder, cursor.text, start, cursor.pos);
  return cursor.pos;
}

/** Skips blanks and line breaks. Returns whether there was a line break. */
function skipWhiteSpace(cursor: Cursor): boolean {
  if (cursor.simple) return cursor.skipSimpleWhiteSpace();
  let broken = false;
  for (let code = cursor.at(); ; code = cursor.at()) {
    if (isBlank(code)) {
      cursor.pos++;
    } else if (isBreak(code)) {
      cursor.need(2);
      cursor.skipBreak();
      broken = true;
    } else {
      return broken;
    }
    cursor.need(1);
  }
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

const ESCAPE_BACKSLASH = "write `\\\\` for a backslash, or use single quotes";

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
    throw cursor.error("found unknown escape character", start, ESCAPE_BACKSLASH);
  }
  cursor.pos += 2;
  if (digits === undefined) return simple ?? "";
  cursor.need(digits);
  let point = 0;
  for (let i = 0; i < digits; i++) {
    const value = hexValue(cursor.at(i));
    if (value < 0) throw cursor.error("did not find expected hexdecimal number", start, ESCAPE_BACKSLASH);
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
