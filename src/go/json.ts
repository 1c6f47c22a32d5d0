import { formatGoFloat } from "./float.ts";
import type { JsonValue } from "../api/json-value.ts";
import { UnitBuilder } from "./unit-builder.ts";

/**
 * Writes a value as Go's encoding/json does: `Marshal` without `indent`, `MarshalIndent` with that many spaces.
 *
 * Members keep the order of their Map. `<`, `>`, `&`, U+2028 and U+2029 are escaped in strings; a lone surrogate, which
 * represents a byte that was not UTF-8, becomes the six characters `\ufffd`. There is no newline at the end. The depth
 * of nesting is not limited.
 *
 * @throws RangeError if a number is not finite.
 */
export function writeJson(value: JsonValue, indent = 0): string {
  const open: Container[] = [];
  const step = " ".repeat(indent);
  const colon = indent > 0 ? ": " : ":";
  let out = "";
  let lineStart = indent > 0 ? "\n" : "";

  const write = (item: JsonValue): void => {
    if (item === null || typeof item !== "object") {
      out += scalarText(item);
      return;
    }
    const container = containerOf(item);
    if (container.size === 0) {
      out += container.start + container.end;
      return;
    }
    out += container.start;
    lineStart += step;
    open.push(container);
  };

  write(value);
  for (let container = open.at(-1); container !== undefined; container = open.at(-1)) {
    const next = container.items.next();
    if (next.done === true) {
      open.pop();
      lineStart = lineStart.slice(0, lineStart.length - indent);
      out += lineStart + container.end;
      continue;
    }
    out += container.begun ? `,${lineStart}` : lineStart;
    container.begun = true;
    const [key, item] = next.value;
    if (key !== undefined) {
      out += jsonString(key) + colon;
    }
    write(item);
  }
  return out;
}

interface Container {
  readonly items: Iterator<readonly [key: string | undefined, item: JsonValue]>;
  readonly size: number;
  readonly start: string;
  readonly end: string;
  begun: boolean;
}

function containerOf(value: readonly JsonValue[] | ReadonlyMap<string, JsonValue>): Container {
  return value instanceof Map
    ? { items: value.entries(), size: value.size, start: "{", end: "}", begun: false }
    : {
        items: unnamed(value as readonly JsonValue[]),
        size: (value as readonly JsonValue[]).length,
        start: "[",
        end: "]",
        begun: false,
      };
}

function* unnamed(items: readonly JsonValue[]): Generator<readonly [undefined, JsonValue], undefined> {
  for (const item of items) {
    yield [undefined, item];
  }
  return undefined;
}

function scalarText(value: null | boolean | number | bigint | string): string {
  switch (typeof value) {
    case "string":
      return jsonString(value);
    case "number":
      return formatGoFloat(value, "json");
    default:
      return String(value);
  }
}

const LONE_SURROGATE = /[\ud800-\udfff]/u;
const HTML_OR_SEPARATOR = /[<>&\u2028\u2029]/;

/** Anything but plain ASCII that needs no escape. */
const UNSAFE = /[^\x20\x21\x23-\x25\x27-\x3b\x3d\x3f-\x5b\x5d-\x7f]/;

/** Quotes one string as encoding/json does, HTML escaping included. */
export function jsonString(value: string): string {
  if (!UNSAFE.test(value)) {
    return `"${value}"`;
  }
  const text = LONE_SURROGATE.test(value)
    ? `"${value.split(LONE_SURROGATE).map(inner).join("\\ufffd")}"`
    : JSON.stringify(value);
  return HTML_OR_SEPARATOR.test(text) ? escapeHtml(text) : text;
}

function inner(part: string): string {
  return JSON.stringify(part).slice(1, -1);
}

function escapeHtml(text: string): string {
  const out = new UnitBuilder();
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isEscapedForHtml(unit)) {
      out.addRange(text, from, i);
      out.add("\\u");
      out.addHex(unit, 4, LOWER_A);
      from = i + 1;
    }
  }
  out.addRange(text, from, text.length);
  return out.toString();
}

function isEscapedForHtml(unit: number): boolean {
  return unit === 0x3c || unit === 0x3e || unit === 0x26 || unit === 0x2028 || unit === 0x2029;
}

const LOWER_A = 0x61;
