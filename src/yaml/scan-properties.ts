import { UnitBuilder } from "../go/unit-builder.ts";
import {
  AT,
  BACKTICK,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  EXCLAMATION,
  GREATER,
  LESS,
  PERCENT,
  QUESTION,
  hexValue,
  isSpacing,
  isWordCharacter,
} from "./chars.ts";
import type { Cursor } from "./text-cursor.ts";
import { quoteStart } from "./hints.ts";
import type { Token } from "./yaml-token.ts";

/** Scans an anchor (`&name`) or an alias (`*name`). */
export function scanAnchor(cursor: Cursor, token: Token): void {
  cursor.pos++;
  cursor.need(1);
  const name = scanWord(cursor);
  const code = cursor.at();
  const ends =
    isSpacing(code) ||
    code === QUESTION ||
    code === COLON ||
    code === COMMA ||
    code === CLOSE_BRACKET ||
    code === CLOSE_BRACE ||
    code === PERCENT ||
    code === AT ||
    code === BACKTICK;
  if (name === "" || !ends) {
    const indicator = cursor.text.charAt(token.start);
    throw cursor.error(
      "did not find expected alphabetic or numeric character",
      token.start,
      quoteStart(`\`${indicator}\``),
    );
  }
  token.text = name;
}

/** Skips and returns letters, digits, `-` and `_`. */
export function scanWord(cursor: Cursor): string {
  const from = cursor.pos;
  while (isWordCharacter(cursor.at())) {
    cursor.pos++;
    cursor.need(1);
  }
  return cursor.text.slice(from, cursor.pos);
}

/** Scans a tag: `!<uri>`, `!handle!suffix`, `!suffix` or `!`. */
export function scanTag(cursor: Cursor, token: Token): void {
  cursor.need(2);
  if (cursor.at(1) === LESS) {
    cursor.pos += 2;
    token.text = "";
    token.suffix = scanTagUri(cursor, token, "");
    if (cursor.at() !== GREATER) throw cursor.error("did not find the expected '>'");
    cursor.pos++;
  } else {
    const handle = scanTagHandle(cursor, token, false);
    if (handle.length > 1 && handle.endsWith("!")) {
      token.text = handle;
      token.suffix = scanTagUri(cursor, token, "");
    } else {
      // Not a handle after all: its characters are the start of the suffix.
      const suffix = scanTagUri(cursor, token, handle);
      token.text = suffix === "" ? "" : "!";
      token.suffix = suffix === "" ? "!" : suffix;
    }
  }
  cursor.need(1);
  if (!isSpacing(cursor.at())) {
    throw cursor.error(
      "did not find expected whitespace or line break",
      cursor.pos,
      "put a space after the tag, or quote a value that starts with `!`",
    );
  }
}

/** Scans `!`, `!word` or `!word!`. Only in a `%TAG` directive is `!word` an error. */
export function scanTagHandle(cursor: Cursor, token: Token, directive: boolean): string {
  cursor.need(1);
  if (cursor.at() !== EXCLAMATION) throw cursor.error("did not find expected '!'");
  cursor.pos++;
  cursor.need(1);
  let handle = `!${scanWord(cursor)}`;
  if (cursor.at() === EXCLAMATION) {
    cursor.pos++;
    handle += "!";
  } else if (directive && handle !== "!") {
    throw cursor.error("did not find expected '!'", token.start);
  }
  return handle;
}

/**
 * Scans the characters of a URI, undoing its `%` escapes.
 *
 * @param head what was read as a handle. Its `!` is no part of the URI, but makes an empty one acceptable.
 */
export function scanTagUri(cursor: Cursor, token: Token, head: string): string {
  cursor.need(1);
  const start = cursor.pos;
  let from = start;
  let builder: UnitBuilder | undefined;
  while (isUriCharacter(cursor.at())) {
    if (cursor.at() === PERCENT) {
      builder ??= new UnitBuilder();
      builder.addRange(cursor.text, from, cursor.pos);
      builder.add(scanUriEscape(cursor, token));
      from = cursor.pos;
    } else {
      cursor.pos++;
    }
    cursor.need(1);
  }
  if (head === "" && cursor.pos === start) {
    throw cursor.error("did not find expected tag URI");
  }
  const rest = cursor.text.slice(from, cursor.pos);
  builder?.add(rest);
  return head.slice(1) + (builder === undefined ? rest : builder.toString());
}

/**
 * Scans the escaped bytes of one UTF-8 character. The result has one character for each byte: tags are only compared
 * with ASCII strings.
 */
function scanUriEscape(cursor: Cursor, token: Token): string {
  let bytes = "";
  let remaining = 1;
  while (remaining > 0) {
    cursor.need(3);
    const high = cursor.at() === PERCENT ? hexValue(cursor.at(1)) : -1;
    const low = high < 0 ? -1 : hexValue(cursor.at(2));
    if (low < 0) throw cursor.error("did not find URI escaped octet", token.start);
    const octet = high * 16 + low;
    if (bytes === "") {
      remaining = sequenceLength(octet);
      if (remaining === 0) throw cursor.error("found an incorrect leading UTF-8 octet", token.start);
    } else if (octet >> 6 !== 2) {
      throw cursor.error("found an incorrect trailing UTF-8 octet", token.start);
    }
    bytes += String.fromCharCode(octet);
    cursor.pos += 3;
    remaining--;
  }
  return bytes;
}

/** Returns the length in bytes of a UTF-8 character that starts with this one; 0 if none does. */
function sequenceLength(octet: number): number {
  if (octet < 0x80) return 1;
  if (octet >> 5 === 6) return 2;
  if (octet >> 4 === 14) return 3;
  return octet >> 3 === 30 ? 4 : 0;
}

function isUriCharacter(code: number): boolean {
  return isWordCharacter(code) || URI_PUNCTUATION[code] === 1;
}

const URI_PUNCTUATION = new Uint8Array(128);
for (const character of ";/?:@&=+$,.!~*'()[]%") URI_PUNCTUATION[character.charCodeAt(0)] = 1;
