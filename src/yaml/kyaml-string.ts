import { isGoPrintable, toValidText } from "../go/unicode.ts";
import { UnitBuilder } from "../go/unit-builder.ts";

/**
 * Writes a string value, always double quoted. A string with newlines is spread over several lines: each source line
 * ends with `\n\`, and starts after `lineIndent` and one more character, a space or the backslash that keeps leading
 * white space. Source: sigs.k8s.io/yaml `kyaml` `renderString`, `appendEscapedRune`.
 */
export function kyamlString(text: string, lineIndent: string): string {
  if (!UNSAFE.test(text)) {
    return `"${text}"`;
  }
  const value = toValidText(text);
  const spread = value.includes("\n");
  const out = new UnitBuilder();
  out.add(spread ? '"\\\n' : '"');
  let lineStart = spread;
  let from = 0;
  for (let i = 0; i < value.length; i++) {
    const point = value.codePointAt(i) ?? 0;
    if (lineStart) {
      out.addRange(value, from, i);
      from = i;
      out.add(lineIndent);
      out.add(isSpace(point) ? "\\" : " ");
    }
    lineStart = point === LF;
    const start = i;
    i += point > 0xffff ? 1 : 0;
    if (point !== TAB && !isVerbatim(point)) {
      out.addRange(value, from, start);
      out.add(lineStart ? "\\n\\\n" : escape(point));
      from = i + 1;
    }
  }
  out.addRange(value, from, value.length);
  if (spread) {
    out.add(lineStart ? lineIndent : `\\\n${lineIndent}`);
  }
  out.add('"');
  return out.toString();
}

/** Writes a string between double quotes on one line, newlines and tabs escaped. */
export function compactString(text: string): string {
  const out = Array.from(toValidText(text), (character) => {
    const point = character.codePointAt(0) ?? 0;
    return isVerbatim(point) ? character : escape(point);
  });
  return `"${out.join("")}"`;
}

/** Anything but plain ASCII that needs no escape. */
const UNSAFE = /[^\x20\x21\x23-\x5b\x5d-\x7e]/;

const TAB = 0x09;
const LF = 0x0a;

function isVerbatim(point: number): boolean {
  return isGoPrintable(point) && point !== 0x22 && point !== 0x5c;
}

/** Implements Go's `unicode.IsSpace`, without the newline. */
function isSpace(point: number): boolean {
  return SPACES.has(point);
}

const SPACES = new Set(
  Array.from(
    "\t\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000",
    (space) => space.charCodeAt(0),
  ),
);

const NAMED_ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x22, '\\"'],
  [0x5c, "\\\\"],
  [0x00, "\\0"],
  [0x07, "\\a"],
  [0x08, "\\b"],
  [TAB, "\\t"],
  [LF, "\\n"],
  [0x0b, "\\v"],
  [0x0c, "\\f"],
  [0x0d, "\\r"],
  [0x1b, "\\e"],
  [0x85, "\\N"],
  [0xa0, "\\_"],
  [0x2028, "\\L"],
  [0x2029, "\\P"],
]);

function escape(point: number): string {
  const named = NAMED_ESCAPES.get(point);
  if (named !== undefined) {
    return named;
  }
  const hex = point.toString(16);
  if (point < 0x80) {
    return `\\x${hex.padStart(2, "0")}`;
  }
  return point < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
