import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { doubleQuoted } from "../emit-double-quoted.ts";
import { emitString } from "../emit-string.ts";
import { compareYamlKeys } from "../key-order.ts";
import { plainText } from "../plain-text.ts";
import type { Style } from "./style.ts";

/** Reports whether a value is written on the line of its key. */
export function isInline(value: JsonValue): boolean {
  return value === null || typeof value !== "object" || sizeOf(value) === 0;
}

function sizeOf(value: readonly JsonValue[] | JsonObject): number {
  return value instanceof Map ? value.size : (value as readonly JsonValue[]).length;
}

/**
 * Writes a value that is not empty in block style as go-yaml does, keys in kubectl's order, but with the indentation of
 * its document. Lines end with LF; the first one has no indentation, and the last one no end.
 *
 * @param column - where its first line starts
 * @param extra - how much further to the right than its dash the value of an item is
 */
export function emitBlock(value: JsonValue, column: number, style: Style, extra = ITEM): string {
  if (value instanceof Map) {
    return emitFields([...(value as JsonObject)], column, style);
  }
  return emitItems(value as readonly JsonValue[], column, style, extra);
}

/** Writes the items of a list, as {@link emitBlock} does. */
export function emitItems(items: readonly JsonValue[], column: number, style: Style, extra = ITEM): string {
  return items.map((item) => emitItem(item, column, style, extra)).join(`\n${" ".repeat(column)}`);
}

/** The distance of an item's value from its dash. */
export const ITEM = 2;

/** Writes the fields of a mapping, as {@link emitBlock} does. */
export function emitFields(
  fields: readonly (readonly [string, JsonValue])[],
  column: number,
  style: Style,
): string {
  return (style.keepsOrder ? fields : fields.toSorted(([a], [b]) => compareYamlKeys(a, b)))
    .map(([key, value]) => emitField(key, value, column, style))
    .join(`\n${" ".repeat(column)}`);
}

/** Writes one item of a list, from its dash on. */
function emitItem(item: JsonValue, column: number, style: Style, extra = ITEM): string {
  const inner = column + extra;
  const pad = " ".repeat(extra - 1);
  return isInline(item)
    ? `-${pad}${emitInline(item, inner, column, style.noBlocks)}`
    : `-${pad}${emitBlock(item, inner, style)}`;
}

function emitField(key: string, value: JsonValue, column: number, style: Style): string {
  const isSimple = key.length <= SIMPLE_KEY && !LINE_BREAK.test(key);
  const name = isSimple
    ? emitString(key, { column, indent: column + 2, simpleKey: true })
    : `? ${emitScalar(key, column + 2, column)}\n${" ".repeat(column)}`;
  return `${name}:${emitValue(value, column + name.length + 1, column, style)}`;
}

/** Writes what follows the `:` of a key at `column`. */
function emitValue(value: JsonValue, at: number, column: number, style: Style): string {
  if (isInline(value)) return ` ${emitInline(value, at + 1, column, style.noBlocks)}`;
  const inner = column + (value instanceof Map ? style.step : style.listStep);
  return `\n${" ".repeat(inner)}${emitBlock(value, inner, style)}`;
}

/**
 * Writes a scalar or an empty collection.
 *
 * @param at - the column where it starts
 * @param column - of the innermost block collection that holds it
 * @param oneLine - whether all of it must be on one line
 */
export function emitInline(value: JsonValue, at: number, column: number, oneLine = false): string {
  if (value !== null && typeof value === "object") return value instanceof Map ? "{}" : "[]";
  return typeof value === "string" ? emitScalar(value, at, column, oneLine) : plainText(value);
}

function emitScalar(text: string, at: number, column: number, oneLine = false): string {
  const spot = { column: at, indent: Math.max(column, 0) + 2, simpleKey: oneLine };
  const emitted = emitString(text, spot);
  if (!emitted.startsWith("|")) return emitted;
  // The break that ends a literal is that of its line. A literal that keeps more breaks depends on what comes next.
  return !oneLine && /^\|2?-?\n/.test(emitted) && !/[\r\u0085\u2028\u2029]/.test(text)
    ? emitted.replace(/\n$/, "")
    : doubleQuoted(text, { ...spot, simpleKey: true });
}

const LINE_BREAK = /[\n\r\u0085\u2028\u2029]/;
/** The scanner stops looking for the `:` of a key at 1024 characters, and an escape is ten of them. */
const SIMPLE_KEY = 100;
