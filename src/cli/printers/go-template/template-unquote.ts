import type { GoCharacter } from "../go-escape.ts";
import { readGoEscape } from "../go-escape.ts";
import { fromBytes, toBytes } from "../jsonpath/byte-text.ts";
import { withoutEscapedBytes } from "./go-text.ts";

/** Reads a Go string in double quotes or backquotes (`strconv.Unquote`). Returns undefined where Go says "invalid syntax". */
export function unquoteGo(quoted: string): string | undefined {
  const quote = quoted.charAt(0);
  const body = quoted.slice(1, -1);
  if (quote === "`") {
    return body.replaceAll("\r", "");
  }
  const text = withoutEscapedBytes(body);
  if (!text.includes("\\")) {
    return text;
  }
  const bytes: number[] = [];
  for (let i = 0; i < text.length;) {
    const character = readCharacter(text, i, quote);
    if (character === undefined) {
      return undefined;
    }
    if (character.isByte) {
      bytes.push(character.value);
    } else {
      bytes.push(...toBytes(String.fromCodePoint(character.value)));
    }
    i = character.end;
  }
  return fromBytes(bytes);
}

/**
 * Reads a Go character constant, with its quotes.
 *
 * @returns the code point or byte, or the words of the error.
 */
export function unquoteGoCharacter(quoted: string): number | string {
  const text = withoutEscapedBytes(quoted);
  const character = readCharacter(text, 1, "'");
  if (character === undefined) {
    return "invalid syntax";
  }
  return text.slice(character.end) === "'" ? character.value : `malformed character constant: ${quoted}`;
}

/** Reads one character or escape, as Go's `strconv.UnquoteChar`. */
function readCharacter(text: string, start: number, quote: string): GoCharacter | undefined {
  const value = text.codePointAt(start);
  if (value === undefined || text.charAt(start) === quote) {
    return undefined;
  }
  if (value !== 0x5c) {
    return { value, isByte: false, end: start + (value > 0xffff ? 2 : 1) };
  }
  return readGoEscape(text, start + 1, quote);
}
