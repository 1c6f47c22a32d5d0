import { isGoPrintable } from "../../go/unicode.ts";
import { toBytes } from "../../go/byte-text.ts";
import { OutputBuilder } from "./go-text.ts";

const HTML: ReadonlyMap<string, string> = new Map([
  ["\0", "\ufffd"],
  ['"', "&#34;"],
  ["'", "&#39;"],
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
]);

const JS: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["'", "\\'"],
  ['"', '\\"'],
  ["<", "\\u003C"],
  [">", "\\u003E"],
  ["&", "\\u0026"],
  ["=", "\\u003D"],
]);

/** Escapes a string for HTML, as Go's `template.HTMLEscapeString`. */
export function escapeHtml(text: string): string {
  return rewrite(text, /[\0"'&<>]/gu, (character) => HTML.get(character) ?? character);
}

/** Escapes a string for JavaScript, as Go's `template.JSEscapeString`. */
export function escapeJs(text: string): string {
  return rewrite(text, /[^ !#-%(-;?-[\]-~\u007f]/gu, escapeJsCharacter);
}

function escapeJsCharacter(character: string): string {
  const escape = JS.get(character);
  if (escape !== undefined) {
    return escape;
  }
  const rune = character.codePointAt(0) ?? 0;
  // A byte that is not UTF-8 counts as U+FFFD, which is printable.
  return rune >= 0x80 && (isGoPrintable(rune) || (rune >= 0xdc80 && rune <= 0xdcff))
    ? character
    : `\\u${rune.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Escapes a string for the query of a URL, as Go's `url.QueryEscape`. */
export function escapeUrlQuery(text: string): string {
  return rewrite(text, /[^A-Za-z0-9\-_.~]/gu, (character) =>
    character === " "
      ? "+"
      : toBytes(character)
          .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
          .join(""),
  );
}

/** Replaces the matches; the result must not exceed the longest allowed text. */
function rewrite(text: string, pattern: RegExp, replace: (character: string) => string): string {
  const result = new OutputBuilder();
  let end = 0;
  for (const { 0: character, index } of text.matchAll(pattern)) {
    result.write(text.slice(end, index));
    result.write(replace(character));
    end = index + character.length;
  }
  result.write(text.slice(end));
  return result.toString();
}
