import { UnitBuilder } from "../unit-builder.ts";
import { LF, LINE_SEPARATOR, PARAGRAPH_SEPARATOR, SPACE } from "./chars.ts";

/** Where a string is about to be written. */
export interface Spot {
  /** Characters already on the line. */
  readonly column: number;
  /** Indentation of continuation lines, in spaces. */
  readonly indent: number;
  /** A key before its colon: it stays on one line and is never folded. */
  readonly simpleKey: boolean;
}

/** Lines are broken at the first space beyond this column. */
const WIDTH = 80;

/**
 * Folds a text that holds no newline, as plain and single quoted scalars are: a space that stands alone beyond column 80
 * becomes a line break. What follows a U+2028 or U+2029 is indented. Source: go-yaml v2 `yaml_emitter_write_plain_scalar`,
 * `yaml_emitter_write_single_quoted_scalar`.
 */
export function folded(text: string, spot: Spot): string {
  if (spot.simpleKey || (spot.column + text.length <= WIDTH && !SEPARATOR.test(text))) {
    return text;
  }
  const out = new UnitBuilder();
  const pad = " ".repeat(spot.indent);
  let column = spot.column;
  let previous = SPACE;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (
      unit === SPACE &&
      previous !== SPACE &&
      column > WIDTH &&
      i < text.length - 1 &&
      text.charCodeAt(i + 1) !== SPACE
    ) {
      out.push(LF);
      out.add(pad);
      column = spot.indent;
    } else if (isSeparator(unit)) {
      out.push(unit);
      column = 0;
    } else {
      if (isSeparator(previous)) {
        out.add(pad);
        column = spot.indent;
      }
      out.push(unit);
      column += 1;
    }
    previous = unit;
  }
  return out.toString();
}

const SEPARATOR = /[\u2028\u2029]/;

function isSeparator(unit: number): boolean {
  return unit === LINE_SEPARATOR || unit === PARAGRAPH_SEPARATOR;
}

/**
 * Writes a literal block scalar, from its `|` on. An indentation indicator is only there for a text that starts with a space
 * or a line break. Source: go-yaml v2 `yaml_emitter_write_literal_scalar`, `yaml_emitter_write_block_scalar_hints`.
 */
export function literal(text: string, indent: number): string {
  const out = new UnitBuilder();
  const pad = " ".repeat(indent);
  let lineStart = true;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const atBreak = unit === LF || isSeparator(unit);
    if (lineStart && !atBreak) {
      out.add(pad);
    }
    out.push(unit);
    lineStart = atBreak;
  }
  return `|${/^[ \n\u2028\u2029]/.test(text) ? "2" : ""}${chomping(text)}\n${out.toString()}`;
}

function chomping(text: string): string {
  const breaks = /[\n\u2028\u2029]{1,2}$/.exec(text.slice(-2))?.[0].length ?? 0;
  if (breaks === 0) {
    return "-";
  }
  return breaks === 2 || text.length === 1 ? "+" : "";
}

/**
 * Writes a double quoted scalar. Beyond column 80 the first space after something else becomes a line break, and a backslash
 * protects the spaces after it. Source: go-yaml v2 `yaml_emitter_write_double_quoted_scalar`.
 */
export function doubleQuoted(text: string, spot: Spot): string {
  const out = new UnitBuilder();
  const lineStart = `\n${" ".repeat(spot.indent)}`;
  // The emitter looks for the byte order mark at the start of the text only, but does so at every character.
  const escapeAll = text.startsWith("\ufeff");
  let column = spot.column + 1;
  let afterSpace = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit !== SPACE || escapeAll) {
      if (!escapeAll && isVerbatim(unit)) {
        out.push(unit);
        column += 1;
      } else {
        const point = text.codePointAt(i) ?? 0;
        const escaped = escape(point);
        out.add(escaped);
        column += escaped.length;
        i += point > 0xffff ? 1 : 0;
      }
      afterSpace = false;
      continue;
    }
    if (!spot.simpleKey && !afterSpace && column > WIDTH && i > 0 && i < text.length - 1) {
      out.add(lineStart);
      column = spot.indent;
      if (text.charCodeAt(i + 1) === SPACE) {
        out.add("\\");
        column += 1;
      }
    } else {
      out.push(unit);
      column += 1;
    }
    afterSpace = true;
  }
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

function escape(point: number): string {
  const named = NAMED_ESCAPES.get(point);
  if (named !== undefined) {
    return named;
  }
  const hex = point.toString(16).toUpperCase();
  return point <= 0xff
    ? `\\x${hex.padStart(2, "0")}`
    : point <= 0xffff
      ? `\\u${hex.padStart(4, "0")}`
      : `\\U${hex.padStart(8, "0")}`;
}
