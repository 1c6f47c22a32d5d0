import { needsQuotes } from "./needs-quotes.ts";

/** Where a string is about to be written. */
export interface Spot {
  /** Characters already on the line. */
  readonly column: number;
  /** Indentation of continuation lines, in spaces. */
  readonly indent: number;
  /** A key before its colon: it stays on one line and is never folded. */
  readonly simpleKey: boolean;
}

/**
 * Writes one string as go-yaml v2's emitter does: plain if it reads back as the same string, else single or double quoted,
 * or as a literal block if it holds a newline. Lines are folded at the first lone space beyond column 80.
 * A literal block that ends in a line break ends the text with that break.
 */
export function emitString(value: string, spot: Spot): string {
  if (PLAIN_WORD.test(value) && !(value.length <= 5 && needsQuotes(value))) {
    return value;
  }
  const text = value.replaceAll(LONE_SURROGATES, "\ufffd");
  switch (styleOf(text, spot.simpleKey)) {
    case "plain":
      return spot.simpleKey ? text : fold(text, spot.column, spot.indent, LONE_SPACE);
    case "single":
      return singleQuoted(text, spot);
    case "literal":
      return literal(text, spot.indent);
    default:
      return doubleQuoted(text, spot);
  }
}

/** Most strings there are, base64 included: nothing in them needs quoting (but for YAML's reserved words) or folding. */
const PLAIN_WORD = /^[A-Za-z/_][A-Za-z0-9/+=_.-]*$/;

const LONE_SURROGATES = /[\ud800-\udfff]/gu;

type Style = "plain" | "single" | "double" | "literal";

const UNPRINTABLE = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const BREAK = /[\n\u2028\u2029]/;
const SPACE_BEFORE_BREAK = / [\n\u2028\u2029]/;
const SPACE_AFTER_BREAK = /[\n\u2028\u2029] /;
/** What a plain scalar may not hold outside of flow collections: indicators at the start, `: ` and ` #`. */
const INDICATOR = /^(?:---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[-?:](?: |$))|:(?: |$)| #/;

/** Source: go-yaml v2 `stringv`, `yaml_emitter_analyze_scalar`, `yaml_emitter_select_scalar_style`. */
function styleOf(text: string, simpleKey: boolean): Style {
  const unquotable = UNPRINTABLE.test(text) || SPACE_BEFORE_BREAK.test(text);
  if (text.includes("\n")) {
    return unquotable || simpleKey || text.endsWith(" ") ? "double" : "literal";
  }
  if (unquotable || needsQuotes(text) || SPACE_AFTER_BREAK.test(text)) {
    return "double";
  }
  return text.startsWith(" ") || text.endsWith(" ") || BREAK.test(text) || INDICATOR.test(text)
    ? "single"
    : "plain";
}

const LONE_SPACE = /(?<=[^ ]) (?=[^ ])/g;
const FIRST_SPACE = /(?<=[^ ]) (?=[^])/g;

/** Folding starts at a space that is beyond this column. */
const WIDTH = 80;

/**
 * Replaces spaces by line breaks: each time the first space that `candidate` finds beyond column 80.
 * What is left of a run of spaces after a fold is protected by a backslash; only double quotes allow that.
 */
function fold(text: string, startColumn: number, indent: number, candidate: RegExp): string {
  const lineStart = `\n${" ".repeat(indent)}`;
  let out = "";
  let column = startColumn;
  let from = 0;
  for (;;) {
    candidate.lastIndex = from + Math.max(0, WIDTH + 1 - column);
    const space = candidate.lastIndex < text.length ? candidate.exec(text) : null;
    if (space === null) {
      return out + text.slice(from);
    }
    out += text.slice(from, space.index) + lineStart;
    column = indent;
    from = space.index + 1;
    if (text.startsWith(" ", from)) {
      out += "\\";
      column += 1;
    }
  }
}

function singleQuoted(text: string, spot: Spot): string {
  const inner = text.replaceAll("'", "''");
  if (spot.simpleKey) {
    return `'${inner}'`;
  }
  const pad = " ".repeat(spot.indent);
  const lines = inner
    .split(/(?<=[\u2028\u2029])(?=[^\u2028\u2029])/)
    .map((line, i) =>
      i === 0
        ? fold(line, spot.column + 1, spot.indent, LONE_SPACE)
        : pad + fold(line, spot.indent, spot.indent, LONE_SPACE),
    );
  return `'${lines.join("")}'`;
}

function literal(text: string, indent: number): string {
  const pad = " ".repeat(indent);
  const body = text.replaceAll(/(?<=^|[\n\u2028\u2029])(?=[^\n\u2028\u2029])/g, pad);
  return `|${/^[ \n\u2028\u2029]/.test(text) ? "2" : ""}${chomping(text)}\n${body}`;
}

function chomping(text: string): string {
  if (!BREAK.test(text.slice(-1))) {
    return "-";
  }
  return text.length === 1 || BREAK.test(text.at(-2) ?? "") ? "+" : "";
}

const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\0", "\\0"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\v", "\\v"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ["\x1b", "\\e"],
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\x85", "\\N"],
  ["\xa0", "\\_"],
  ["\u2028", "\\L"],
  ["\u2029", "\\P"],
]);

function doubleQuoted(text: string, spot: Spot): string {
  // The emitter looks for the byte order mark at the start of the string only, and does so at every character.
  const unsafe = text.startsWith("\ufeff")
    ? /[^]/gu
    : /[^\x20\x21\x23-\x5b\x5d-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu;
  const inner = text.replaceAll(unsafe, escape);
  return `"${spot.simpleKey ? inner : fold(inner, spot.column + 1, spot.indent, FIRST_SPACE)}"`;
}

function escape(character: string): string {
  const named = NAMED_ESCAPES.get(character);
  if (named !== undefined) {
    return named;
  }
  const point = character.codePointAt(0) ?? 0;
  const hex = point.toString(16).toUpperCase();
  return point <= 0xff
    ? `\\x${hex.padStart(2, "0")}`
    : point <= 0xffff
      ? `\\u${hex.padStart(4, "0")}`
      : `\\U${hex.padStart(8, "0")}`;
}
