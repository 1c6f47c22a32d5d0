import { escapeRune } from "./quote.ts";

/**
 * Characters that a terminal obeys instead of showing, or that are invisible: control characters, bidirectional marks,
 * white space that breaks lines, zero-width characters, lone surrogates, tags. Line feeds and tabs are layout, a
 * carriage return before a line feed does nothing, and U+FE0F selects an emoji: they stay.
 */
const UNSEEN =
  /\r(?!\n)|(?![\t\n\r]|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const PLAIN = /^[\n\t -~]*$/;

/** Escapes invisible characters as Go's `%q` would, such as `\x1b` and `\u202e`. Line feeds and tabs stay. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replaceAll(UNSEEN, escapeCharacter);
}

/**
 * Escapes invisible characters of a string that must be one line, or part of one: line breaks and tabs are escaped too.
 */
export function visibleLine(text: string): string {
  return visible(text).replaceAll(/\r\n|[\t\n]/g, (found) => Array.from(found, escapeCharacter).join(""));
}

/** go-yaml's list of several faults: such a line break is kept. */
const LISTED = /(\n {2}line \d+: )/;

/** Escapes a message as {@link visibleLine}, but keeps the lines of go-yaml's list of several faults. */
export function visibleMessage(text: string): string {
  return text
    .split(LISTED)
    .map((part, i) => (i % 2 === 0 ? visibleLine(part) : part))
    .join("");
}

/** Escapes invisible characters in JSON as `\u202e`: the value stays the same. */
export function visibleJson(json: string): string {
  return PLAIN.test(json) ? json : json.replaceAll(UNSEEN, jsonEscape);
}

function jsonEscape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, "0")}`,
  ).join("");
}

function escapeCharacter(character: string): string {
  return escapeRune(character.codePointAt(0) ?? 0);
}
