import type { JsonObject, JsonValue } from "../api/json-value.ts";
import type { EmitContext } from "./emit-lines.ts";
import { emitString } from "./emit-string.ts";
import { compareYamlKeys } from "./key-order.ts";
import { plainText } from "./plain-text.ts";
import { TextBuilder } from "./text-builder.ts";

/**
 * Writes a value as go-yaml v2's `Marshal` does: block style with an indentation of 2, sequences inside mappings not
 * indented, keys in go-yaml's order, a newline at the end. Source: go-yaml v2 `encode.go`, `emitterc.go`.
 *
 * Nesting is limited by memory only.
 */
export function emitYaml(value: JsonValue): string {
  return new Emitter().document(value);
}

/** A block collection that is being written: its indentation and remaining items. */
type Block =
  | { readonly kind: "sequence"; readonly indent: number; readonly items: readonly JsonValue[]; next: number }
  | {
      readonly kind: "mapping";
      readonly indent: number;
      readonly map: JsonObject;
      readonly keys: readonly string[];
      next: number;
    };

class Emitter {
  private readonly out = new TextBuilder();
  /** Characters on the current line, as far as they matter for folding. */
  private column = 0;
  /** Nothing but indentation and indicators so far on this line: the next item may start right here. */
  private atLineStart = true;
  private readonly open: Block[] = [];

  document(value: JsonValue): string {
    this.node(value, -1, "root");
    for (let block = this.open.at(-1); block !== undefined; block = this.open.at(-1)) {
      if (block.kind === "sequence") {
        this.nextItem(block);
      } else {
        this.nextMember(block);
      }
    }
    if (!this.atLineStart || this.column > 0) {
      this.out.add("\n");
    }
    return this.out.toString();
  }

  private nextItem(block: Extract<Block, { kind: "sequence" }>): void {
    const item = block.items[block.next++];
    if (item === undefined) {
      this.open.pop();
      return;
    }
    this.indentTo(block.indent);
    this.indicator("-");
    this.node(item, block.indent, "item");
  }

  private nextMember(block: Extract<Block, { kind: "mapping" }>): void {
    const key = block.keys[block.next++];
    if (key === undefined) {
      this.open.pop();
      return;
    }
    this.indentTo(block.indent);
    if (isSimpleKey(key)) {
      const text = emitString(key, { column: this.column, indent: block.indent + 2, simpleKey: true });
      this.out.add(text);
      this.out.add(":");
      this.column += text.length + 1;
      this.atLineStart = false;
    } else {
      this.indicator("?");
      this.scalar(key, block.indent);
      this.indentTo(block.indent);
      this.indicator(":");
    }
    this.node(block.map.get(key) ?? null, block.indent, "value");
  }

  private node(value: JsonValue, indent: number, place: "root" | "item" | "value"): void {
    if (value === null || typeof value !== "object") {
      this.scalar(value, indent);
      return;
    }
    const block = openBlock(
      value,
      indent < 0 ? 0 : indent + 2,
      place === "value" && !this.atLineStart ? indent : undefined,
    );
    if (block === undefined) {
      this.word(value instanceof Map ? "{}" : "[]");
    } else {
      this.open.push(block);
    }
  }

  private scalar(value: null | boolean | number | bigint | string, indent: number): void {
    if (typeof value !== "string") {
      this.word(plainText(value));
      return;
    }
    const first = this.column === 0 ? "" : " ";
    const spot: EmitContext = {
      column: this.column + first.length,
      indent: indent < 0 ? 2 : indent + 2,
      simpleKey: false,
    };
    const text = emitString(value, spot);
    this.out.add(first);
    this.out.add(text);
    const last = text.charCodeAt(text.length - 1);
    this.atLineStart = last === 0x0a || last === 0x2028 || last === 0x2029;
    this.column = this.atLineStart ? 0 : 1;
  }

  private word(text: string): void {
    this.out.add(this.column === 0 ? text : ` ${text}`);
    this.atLineStart = false;
    this.column = 1;
  }

  private indicator(text: string): void {
    this.out.add(text);
    this.column += 1;
  }

  private indentTo(indent: number): void {
    if (this.atLineStart) {
      this.out.add(" ".repeat(indent - this.column));
    } else {
      this.out.add(`\n${" ".repeat(indent)}`);
    }
    this.column = indent;
    this.atLineStart = true;
  }
}

function openBlock(
  value: readonly JsonValue[] | JsonObject,
  indent: number,
  sequenceIndent = indent,
): Block | undefined {
  if (value instanceof Map) {
    const map = value as JsonObject;
    return map.size === 0
      ? undefined
      : { kind: "mapping", indent, map, keys: [...map.keys()].toSorted(compareYamlKeys), next: 0 };
  }
  const items = value as readonly JsonValue[];
  return items.length === 0 ? undefined : { kind: "sequence", indent: sequenceIndent, items, next: 0 };
}

/** Reports whether a key fits on one line before its colon; any other is written after `? `. */
function isSimpleKey(key: string): boolean {
  if (LINE_BREAK.test(key)) {
    return false;
  }
  const certain = key.length * MOST_BYTES_A_UNIT <= SIMPLE_KEY_BYTES;
  return (
    certain || (key.length <= SIMPLE_KEY_BYTES && new TextEncoder().encode(key).length <= SIMPLE_KEY_BYTES)
  );
}

const LINE_BREAK = /[\n\r\u0085\u2028\u2029]/;
const SIMPLE_KEY_BYTES = 128;
const MOST_BYTES_A_UNIT = 3;
