import { GO_UNPRINTABLE } from "./go-unicode.ts";

/**
 * Writes a string value, always double quoted. One that holds newlines is spread over several lines: each source line ends
 * with `\n\`, and starts behind `lineIndent` and one more character, a space or the backslash that keeps leading white space.
 * Source: sigs.k8s.io/yaml `kyaml` `renderString`, `appendEscapedRune`.
 */
export function kyamlString(value: string, lineIndent: string): string {
  if (!UNSAFE.test(value)) {
    return `"${value}"`;
  }
  if (!value.includes("\n")) {
    return `"${value.replaceAll(ESCAPED, escape)}"`;
  }
  const ended = value.endsWith("\n");
  const body = (ended ? value.slice(0, -1) : value)
    .replaceAll(ESCAPED_OR_INDENTED, (match) => (match === "\n" ? INDENTED_LINE : escape(match)))
    .replaceAll(NEWLINES, `\\n\\\n${lineIndent} `)
    .replaceAll(INDENTED_LINES, `\\n\\\n${lineIndent}\\`);
  return `"\\\n${lineIndent}${STARTS_WITH_SPACE.test(value) ? "\\" : " "}${body}${ended ? "\\n" : ""}\\\n${lineIndent}"`;
}

/** Anything but plain ASCII that needs no escape. */
const UNSAFE = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;

/** What Go's `unicode.IsSpace` takes for white space, less the newline. */
const SPACE = String.raw`[\t\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const STARTS_WITH_SPACE = new RegExp(`^${SPACE}`);

/** Quotes, backslashes and what Go cannot print. Tabs stand for themselves. */
const ESCAPED = new RegExp(`["\\\\]|(?![\\t\\n])(?:${GO_UNPRINTABLE})`, "gu");
const ESCAPED_OR_INDENTED = new RegExp(`${ESCAPED.source}|\\n(?=${SPACE})`, "gu");
const NEWLINES = /\n/g;

/** A newline before a line that starts with white space, for a while; the escaped text holds no control character. */
const INDENTED_LINE = "\x01";
const INDENTED_LINES = new RegExp(INDENTED_LINE, "g");

/** Writes a string on one line whatever it holds, between double quotes. */
export function compactString(value: string): string {
  return `"${value.replaceAll(ESCAPED, escape).replaceAll("\n", "\\n").replaceAll("\t", "\\t")}"`;
}

const NAMED_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\r", "\\r"],
  ["\v", "\\v"],
  ["\0", "\\0"],
  ["\x1b", "\\e"],
  ["\x85", "\\N"],
  ["\xa0", "\\_"],
  ["\u2028", "\\L"],
  ["\u2029", "\\P"],
]);

function escape(character: string): string {
  const named = NAMED_ESCAPES.get(character);
  if (named !== undefined) {
    return named;
  }
  const point = character.codePointAt(0) ?? 0;
  const hex = point.toString(16);
  if (point < 0x80) {
    return `\\x${hex.padStart(2, "0")}`;
  }
  return point < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
