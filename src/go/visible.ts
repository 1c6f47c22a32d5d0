import { escapeRune } from "./quote.ts";

/**
 * What a terminal does not show but obeys, or nobody sees: control characters, the marks that turn the direction of text,
 * white space that breaks lines, characters without width, lone surrogates, tags. Line feeds and tabs lay text out, a
 * carriage return before a line feed does nothing, and U+FE0F makes a picture of the sign before it: they stay.
 */
const UNSEEN =
  /\r(?!\n)|(?![\t\n\r]|\ufe0e|\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const PLAIN = /^[\n\t -~]*$/;

/** Writes what is not to be seen as Go's `%q` would, such as `\x1b` and `\u202e`. Lines and tabs stay. */
export function visible(text: string): string {
  return PLAIN.test(text) ? text : text.replaceAll(UNSEEN, escapeCharacter);
}

/** The same for a text that is to be one line, or a part of one: line breaks and tabs are written out too. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll(/\r\n|[\t\n]/g, (found) => Array.from(found, escapeCharacter).join(""));
}

/** How go-yaml lists several faults: such a line is no line of its own. */
const LISTED = /(\n {2}line \d+: )/;

/** As {@link visibleLine}, for a message: the lines of a list that go-yaml makes of several faults stay. */
export function visibleMessage(text: string): string {
  return text
    .split(LISTED)
    .map((part, i) => (i % 2 === 0 ? visibleLine(part) : part))
    .join("");
}

/** Writes in JSON what is not to be seen as `\u202e`: the value of the text stays the same. */
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
