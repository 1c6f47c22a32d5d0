import { UnitBuilder } from "../go/unit-builder.ts";
import { BACKSLASH, SPACE } from "./chars.ts";
import { isSeparator, WIDTH, type EmitContext } from "./emit-lines.ts";

/**
 * Writes a double quoted scalar. Beyond column 80 the first space after something else becomes a line break, and a backslash
 * protects the spaces after it. Source: go-yaml v2 `yaml_emitter_write_double_quoted_scalar`.
 */
export function doubleQuoted(text: string, spot: EmitContext): string {
  const out = new UnitBuilder();
  const lineStart = `\n${" ".repeat(spot.indent)}`;
  // The emitter looks for the byte order mark at the start of the text only, but does so at every character.
  const escapeAll = text.startsWith("\ufeff");
  const width = spot.simpleKey ? Infinity : WIDTH;
  let column = spot.column + 1;
  let afterSpace = false;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === SPACE && !escapeAll) {
      if (column > width && !afterSpace && i > 0 && i < text.length - 1) {
        out.addRange(text, from, i);
        out.add(lineStart);
        from = i + 1;
        column = spot.indent;
        if (text.charCodeAt(from) === SPACE) {
          out.push(BACKSLASH);
          column += 1;
        }
      } else {
        column += 1;
      }
      afterSpace = true;
      continue;
    }
    afterSpace = false;
    if (!escapeAll && isVerbatim(unit)) {
      column += 1;
      continue;
    }
    const point = text.codePointAt(i) ?? 0;
    out.addRange(text, from, i);
    column += escape(point, out);
    i += point > 0xffff ? 1 : 0;
    from = i + 1;
  }
  out.addRange(text, from, text.length);
  return `"${out.toString()}"`;
}

function isVerbatim(unit: number): boolean {
  if (unit < 0x7f) {
    return unit >= 0x20 && unit !== 0x22 && unit !== 0x5c;
  }
  return (
    unit >= 0xa0 &&
    !isSeparator(unit) &&
    (unit < 0xd800 || (unit > 0xdfff && unit < 0xfffe && unit !== 0xfeff))
  );
}

const NAMED_ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x00, "\\0"],
  [0x07, "\\a"],
  [0x08, "\\b"],
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0b, "\\v"],
  [0x0c, "\\f"],
  [0x0d, "\\r"],
  [0x1b, "\\e"],
  [0x22, '\\"'],
  [0x5c, "\\\\"],
  [0x85, "\\N"],
  [0xa0, "\\_"],
  [0x2028, "\\L"],
  [0x2029, "\\P"],
]);

/** Adds the escape for a code point, and returns its length. */
function escape(point: number, out: UnitBuilder): number {
  const named = NAMED_ESCAPES.get(point);
  if (named !== undefined) {
    out.add(named);
    return named.length;
  }
  const digits = point <= 0xff ? 2 : point <= 0xffff ? 4 : 8;
  out.add(digits === 2 ? "\\x" : digits === 4 ? "\\u" : "\\U");
  out.addHex(point, digits, UPPER_A);
  return digits + 2;
}

const UPPER_A = 0x41;
