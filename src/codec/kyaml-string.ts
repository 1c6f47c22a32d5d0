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
    return `"${escapeText(value, "\t")}"`;
  }
  const lines = value.split("\n");
  const last = lines.pop() ?? "";
  let out = '"\\\n';
  for (const line of lines) {
    out += `${lineIndent}${lead(line)}${escapeText(line, "\t")}\\n\\\n`;
  }
  if (last !== "") {
    out += `${lineIndent}${lead(last)}${escapeText(last, "\t")}\\\n`;
  }
  return `${out}${lineIndent}"`;
}

/** Anything but plain ASCII that needs no escape. */
const UNSAFE = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;

/** What Go's `unicode.IsSpace` takes for white space. */
const LEADING_SPACE = /^[\t\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

function lead(line: string): string {
  return LEADING_SPACE.test(line) ? "\\" : " ";
}

/** Quotes, backslashes and what Go's `unicode.IsPrint` refuses; newlines are left to the caller. */
const ESCAPED = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} \n]/gu;

/** Escapes all but newlines; a tab becomes `tab`. */
export function escapeText(text: string, tab: string): string {
  return text.replaceAll(ESCAPED, (character) => (character === "\t" ? tab : escape(character)));
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
