import { UnitBuilder } from "../go/unit-builder.ts";
import { LF, LINE_SEPARATOR, PARAGRAPH_SEPARATOR, SINGLE_QUOTE, SPACE } from "./chars.ts";

/** The place where a string is written. */
export interface EmitContext {
  /** Characters already on the line. */
  readonly column: number;
  /** Indentation of continuation lines, in spaces. */
  readonly indent: number;
  /** A key before its colon: it stays on one line and is never folded. */
  readonly simpleKey: boolean;
}

/** Lines are broken at the first space beyond this column. */
export const WIDTH = 80;

/** Writes a plain scalar; the text holds no line break. Source: go-yaml v2 `yaml_emitter_write_plain_scalar`. */
export function plainScalar(text: string, spot: EmitContext): string {
  const short = spot.simpleKey || spot.column + text.length <= WIDTH;
  return short || !text.includes(" ") ? text : folded(text, spot, false);
}

/** Writes a single quoted scalar; the text holds no newline. Source: go-yaml v2 `yaml_emitter_write_single_quoted_scalar`. */
export function singleQuoted(text: string, spot: EmitContext): string {
  return `'${folded(text, { ...spot, column: spot.column + 1 }, true)}'`;
}

/**
 * Turns each single space beyond column 80 into a line break, and indents what follows a U+2028 or U+2029. In single
 * quotes, a quote is written twice.
 */
function folded(text: string, spot: EmitContext, quoted: boolean): string {
  const out = new UnitBuilder();
  const pad = " ".repeat(spot.indent);
  const end = text.length - 1;
  const width = spot.simpleKey ? Infinity : WIDTH;
  let column = spot.column;
  let previous = SPACE;
  let from = 0;
  for (let i = 0; i <= end; i++) {
    const unit = text.charCodeAt(i);
    if (
      unit === SPACE &&
      column > width &&
      previous !== SPACE &&
      i < end &&
      text.charCodeAt(i + 1) !== SPACE
    ) {
      out.addRange(text, from, i);
      out.push(LF);
      out.add(pad);
      from = i + 1;
      column = spot.indent;
    } else if (isSeparator(unit)) {
      column = 0;
    } else {
      if (isSeparator(previous)) {
        out.addRange(text, from, i);
        out.add(pad);
        from = i;
        column = spot.indent;
      }
      column += 1;
      if (quoted && unit === SINGLE_QUOTE) {
        out.addRange(text, from, i + 1);
        from = i;
        column += 1;
      }
    }
    previous = unit;
  }
  out.addRange(text, from, text.length);
  return out.toString();
}

/** Reports whether a code unit is a line break that YAML allows unescaped in a quoted scalar: U+2028 or U+2029. */
export function isSeparator(unit: number): boolean {
  return unit === LINE_SEPARATOR || unit === PARAGRAPH_SEPARATOR;
}

/**
 * Writes a literal block scalar, from its `|` on. An indentation indicator is only written for a string that starts
 * with a space or a line break. Source: go-yaml v2 `yaml_emitter_write_literal_scalar`,
 * `yaml_emitter_write_block_scalar_hints`.
 */
export function literal(text: string, indent: number): string {
  const out = new UnitBuilder();
  const pad = " ".repeat(indent);
  let lineStart = true;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    const atBreak = unit === LF || isSeparator(unit);
    if (lineStart && !atBreak) {
      out.addRange(text, from, i);
      out.add(pad);
      from = i;
    }
    lineStart = atBreak;
  }
  out.addRange(text, from, text.length);
  return `|${/^[ \n\u2028\u2029]/.test(text) ? "2" : ""}${chomping(text)}\n${out.toString()}`;
}

function chomping(text: string): string {
  const breaks = /[\n\u2028\u2029]{1,2}$/.exec(text.slice(-2))?.[0].length ?? 0;
  if (breaks === 0) {
    return "-";
  }
  return breaks === 2 || text.length === 1 ? "+" : "";
}
