import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { doubleQuoted } from "../emit-double-quoted.ts";
import { compareYamlKeys } from "../key-order.ts";
import { needsQuotes } from "../needs-quotes.ts";
import { plainText } from "../plain-text.ts";

/** How to write what is inside `[]` and `{}`. */
export interface FlowStyle {
  readonly isJson: boolean;
  /** Whether fields keep the given order: that of kubectl's `-o json`. */
  readonly keepsOrder: boolean;
  /** What follows a `:`. */
  readonly colonGap: string;
  /** What follows a `,` on the same line. */
  readonly commaGap: string;
  /** The indentation that each level adds; "" if all is on one line. */
  readonly step: string;
}

/** Writes a value in flow style. Lines end with LF; those after the first one begin with `indent`. */
export function emitFlow(value: JsonValue, style: FlowStyle, indent = ""): string {
  if (value === null || typeof value !== "object") return emitFlowScalar(value, style);
  const inner = indent + style.step;
  const [open, close] = value instanceof Map ? "{}" : "[]";
  const parts =
    value instanceof Map
      ? sortFields(value as JsonObject, style).map((field) => emitFlowField(field, style, inner))
      : (value as readonly JsonValue[]).map((item) => emitFlow(item, style, inner));
  if (parts.length === 0) return `${open}${close}`;
  return style.step === ""
    ? `${open}${parts.join(`,${style.commaGap}`)}${close}`
    : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** Writes one field, as {@link emitFlow} does. */
export function emitFlowField(
  [key, value]: readonly [string, JsonValue],
  style: FlowStyle,
  indent = "",
): string {
  return `${emitFlowScalar(key, style)}:${style.colonGap}${emitFlow(value, style, indent)}`;
}

/** Returns the fields in the order in which they are written: as given, or as in kubectl's `-o yaml`. */
export function sortFields(
  fields: Iterable<readonly [string, JsonValue]>,
  { keepsOrder }: FlowStyle,
): readonly (readonly [string, JsonValue])[] {
  return keepsOrder ? [...fields] : [...fields].toSorted(([a], [b]) => compareYamlKeys(a, b));
}

function emitFlowScalar(value: null | boolean | number | bigint | string, { isJson }: FlowStyle): string {
  if (typeof value !== "string") return plainText(value);
  if (isJson) return jsonText(value);
  if (PLAIN.test(value) && !needsQuotes(value)) return value;
  return doubleQuoted(value, { column: 0, indent: 0, simpleKey: true });
}

/** Strings without special meaning inside `[]` and `{}`. */
const PLAIN = /^[A-Za-z/_][A-Za-z0-9/+=_.@-]*$/;

/** Writes a string in JSON that YAML reads as the same string. */
function jsonText(value: string): string {
  return JSON.stringify(value).replaceAll(
    NO_YAML,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const NO_YAML = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;
