import { DOT, ZERO, isBlank, isBreak, isBreakOrEnd, isDigit, isSpacing } from "./chars.ts";
import type { Cursor } from "./text-cursor.ts";
import { quoteStart } from "./hints.ts";
import { scanTagHandle, scanTagUri, scanWord } from "./scan-properties.ts";
import { TAG_DIRECTIVE, VERSION_DIRECTIVE } from "./yaml-token.ts";
import type { Token } from "./yaml-token.ts";

const MAX_VERSION_DIGITS = 2;

/** Scans a `%YAML` or `%TAG` directive with its whole line. A version goes into the token's text, as "1.1". */
export function scanDirective(cursor: Cursor, token: Token): void {
  cursor.pos++;
  cursor.need(1);
  const name = scanWord(cursor);
  if (name === "") throw cursor.error("could not find expected directive name", token.start, QUOTE_PERCENT);
  if (!isSpacing(cursor.at())) {
    throw cursor.error("found unexpected non-alphabetical character", cursor.pos, QUOTE_PERCENT);
  }
  if (name === "YAML") {
    token.type = VERSION_DIRECTIVE;
    scanVersion(cursor, token);
  } else if (name === "TAG") {
    token.type = TAG_DIRECTIVE;
    scanTagDirective(cursor, token);
  } else {
    throw cursor.error("found unknown directive name", token.start, QUOTE_PERCENT);
  }
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.at())) throw cursor.error("did not find expected comment or line break");
  if (isBreak(cursor.at())) {
    cursor.need(2);
    cursor.skipBreak();
  }
}

const QUOTE_PERCENT = quoteStart("`%`");

function scanVersion(cursor: Cursor, token: Token): void {
  cursor.skipBlanks();
  const major = scanVersionNumber(cursor);
  if (cursor.at() !== DOT) throw cursor.error("did not find expected digit or '.' character");
  cursor.pos++;
  token.text = `${major}.${scanVersionNumber(cursor)}`;
}

function scanVersionNumber(cursor: Cursor): number {
  cursor.need(1);
  let value = 0;
  let digits = 0;
  while (isDigit(cursor.at())) {
    digits++;
    if (digits > MAX_VERSION_DIGITS) throw cursor.error("found extremely long version number");
    value = value * 10 + cursor.at() - ZERO;
    cursor.pos++;
    cursor.need(1);
  }
  if (digits === 0) throw cursor.error("did not find expected version number");
  return value;
}

function scanTagDirective(cursor: Cursor, token: Token): void {
  cursor.skipBlanks();
  token.text = scanTagHandle(cursor, token, true);
  cursor.need(1);
  if (!isBlank(cursor.at())) throw cursor.error("did not find expected whitespace");
  cursor.skipBlanks();
  token.suffix = scanTagUri(cursor, token, "");
  cursor.need(1);
  if (!isSpacing(cursor.at())) throw cursor.error("did not find expected whitespace or line break");
}
