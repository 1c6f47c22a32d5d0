import { formatGoFloat } from "./go-float.ts";
import type { JsonValue } from "./json-value.ts";

/**
 * Writes a value as Go's encoding/json does: `Marshal` without `indent`, `MarshalIndent` with that many spaces.
 *
 * Members keep the order of their Map. `<`, `>`, `&`, U+2028 and U+2029 are escaped in strings; a lone surrogate, which
 * stands for a byte that was not UTF-8, becomes the six characters `\ufffd`. There is no newline at the end.
 * The depth of nesting is not limited.
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

/** Quotes one string as encoding/json does, HTML escaping included. */
export function jsonString(value: string): string {
  const text = LONE_SURROGATE.test(value)
    ? `"${value
        .split(LONE_SURROGATE)
        .map((part) => JSON.stringify(part).slice(1, -1))
        .join("\\ufffd")}"`
    : JSON.stringify(value);
  return HTML_OR_SEPARATOR.test(text) ? text.replaceAll(/[<>&\u2028\u2029]/g, escapeUnit) : text;
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
