import { UnitBuilder } from "../go/unit-builder.ts";
import {
  COLON,
  COMMA,
  DASH,
  DOT,
  HASH,
  LINE_SEPARATOR,
  NEXT_LINE,
  NUL,
  PARAGRAPH_SEPARATOR,
  SPACE,
  TAB,
  isBlank,
  isBreak,
  isFlowIndicator,
  isSpacing,
} from "./chars.ts";
import type { Cursor } from "./text-cursor.ts";
import { addFolded } from "./line-folding.ts";
import { USE_SPACES } from "./hints.ts";
import type { Token } from "./yaml-token.ts";

/**
 * Scans a scalar without quotes, over as many lines as are indented by at least `indent`.
 *
 * @returns whether the cursor is now on a later line than the last character of the scalar.
 */
export function scanPlain(cursor: Cursor, token: Token, inFlow: boolean, indent: number): boolean {
  const { text } = cursor;
  let builder: UnitBuilder | undefined;
  let lineFrom = cursor.pos;
  let contentEnd = cursor.pos;
  let onNewLine = false;
  for (;;) {
    cursor.need(4);
    if (atDocumentMarker(cursor) || cursor.at() === HASH) break;
    const runStart = cursor.pos;
    skipRun(cursor, inFlow);
    if (cursor.pos > runStart) {
      if (onNewLine) {
        builder ??= new UnitBuilder();
        builder.addRange(text, lineFrom, contentEnd);
        addFolded(builder, text, contentEnd, runStart);
        lineFrom = runStart;
        onNewLine = false;
      }
      contentEnd = cursor.pos;
    }
    const code = cursor.at();
    if (!isBlank(code) && !isBreak(code)) break;
    onNewLine = skipWhiteSpace(cursor, indent);
    if (!inFlow && cursor.column < indent) break;
  }
  token.plain = true;
  if (builder === undefined) {
    token.from = lineFrom;
    token.to = contentEnd;
  } else {
    builder.addRange(text, lineFrom, contentEnd);
    token.text = builder.toString();
  }
  return onNewLine;
}

/** Reports whether `---` or `...` is at the start of a line, with white space after it. Needs four characters read. */
export function atDocumentMarker(cursor: Cursor): boolean {
  if (cursor.pos !== cursor.lineStart) return false;
  const code = cursor.at();
  return (
    (code === DASH || code === DOT) &&
    cursor.at(1) === code &&
    cursor.at(2) === code &&
    isSpacing(cursor.at(3))
  );
}

/** Skips the characters up to the next white space or the end of the scalar. */
function skipRun(cursor: Cursor, inFlow: boolean): void {
  const start = cursor.pos;
  skipOrdinary(cursor);
  for (let code = cursor.at(); !isSpacing(code); code = cursor.at()) {
    if (code === COLON && isSpacing(cursor.at(1))) return;
    if (inFlow && isFlowIndicator(code)) return;
    if (cursor.simple && !inFlow && cursor.pos - start >= SHORT) {
      skipSimpleRun(cursor);
      return;
    }
    cursor.skipCharacter();
    cursor.need(2);
    skipOrdinary(cursor);
  }
}

/** Up to this length, looking at each character is faster than `indexOf`. */
const SHORT = 32;

/** Skips characters that have no meaning anywhere in a plain scalar, as far as they have been read. */
function skipOrdinary(cursor: Cursor): void {
  const { text } = cursor;
  const stop = Math.min(cursor.end, cursor.horizon - 8, cursor.pos + SHORT);
  let i = cursor.pos;
  while (i < stop && isOrdinary(text.charCodeAt(i))) i++;
  cursor.pos = i;
}

/** Does what `skipRun` does in block collections, for a string in which only spaces and line feeds are white space. */
function skipSimpleRun(cursor: Cursor): void {
  const stop = Math.min(cursor.nextSpace.from(cursor.pos), cursor.nextLineFeed.from(cursor.pos));
  let colon = cursor.nextColon.from(cursor.pos);
  while (colon + 1 < stop) colon = cursor.nextColon.from(colon + 1);
  cursor.pos = Math.min(stop, colon);
}

function isOrdinary(code: number): boolean {
  if (code < 128) return ORDINARY[code] === 1;
  return (
    code !== NEXT_LINE &&
    code !== LINE_SEPARATOR &&
    code !== PARAGRAPH_SEPARATOR &&
    (code < 0xd800 || code > 0xdfff)
  );
}

const ORDINARY = new Uint8Array(128);
for (let code = SPACE + 1; code < 127; code++) {
  ORDINARY[code] = code === COLON || code === COMMA || isFlowIndicator(code) ? 0 : 1;
}

/** Skips blanks and line breaks. Returns whether a line break was among them. */
function skipWhiteSpace(cursor: Cursor, indent: number): boolean {
  if (cursor.simple) return cursor.skipSimpleWhiteSpace();
  let onNewLine = false;
  cursor.need(1);
  for (let code = cursor.at(); code !== NUL; code = cursor.at()) {
    if (isBlank(code)) {
      if (onNewLine && code === TAB && cursor.column < indent) {
        throw cursor.error("found a tab character that violates indentation", cursor.pos, USE_SPACES);
      }
      cursor.pos++;
    } else if (isBreak(code)) {
      cursor.need(2);
      cursor.skipBreak();
      onNewLine = true;
    } else {
      break;
    }
    cursor.need(1);
  }
  return onNewLine;
}
