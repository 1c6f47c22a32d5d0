import { encodeBase64 } from "../base64.ts";
import { emitString } from "../yaml/emit-string.ts";
import { isTextHazard } from "../yaml/json-hazard.ts";

/**
 * Lines of block YAML whose layout is known beforehand, with scalars as go-yaml v2 writes them. It stands for the general
 * emitter where that would spend most of its time on finding out the layout.
 */
export class YamlLines {
  text = "";
  /** Whether some scalar was met that go-yaml, which reads JSON text as YAML here, would refuse or change. */
  hazard = false;

  /** A line as it is, without its line feed. */
  line(text: string): void {
    this.text += `${text}\n`;
  }

  /** `key: value`, or nothing for an empty value: Go's `omitempty`. */
  optional(indent: string, key: string, value: string): void {
    if (value !== "") this.string(indent, key, value);
  }

  /** `key: true`, or nothing: Go's `omitempty`. */
  flag(indent: string, key: string, value: boolean): void {
    if (value) this.line(`${indent}${key}: true`);
  }

  /** `key: value`. The key is one that needs no quotes. */
  string(indent: string, key: string, value: string): void {
    this.#scalar(`${indent}${key}: `, indent.length, value);
  }

  /** `key: value` with the value in base64, or nothing where there are no bytes. */
  bytes(indent: string, key: string, data: Uint8Array | undefined): void {
    if (data !== undefined && data.length > 0) this.string(indent, key, encodeBase64(data));
  }

  /** `key:` and a `- value` for each value, or nothing where there is none. */
  list(indent: string, key: string, values: readonly string[]): void {
    if (values.length === 0) return;
    this.line(`${indent}${key}:`);
    for (const value of values) this.#scalar(`${indent}- `, indent.length, value);
  }

  #scalar(before: string, indent: number, value: string): void {
    if (isTextHazard(value)) this.hazard = true;
    const text = emitString(value, { column: before.length, indent: indent + 2, simpleKey: false });
    this.text += before + text;
    if (!ENDS_IN_BREAK.test(text)) this.text += "\n";
  }
}

/** A block scalar ends in the line break that it stands for. */
const ENDS_IN_BREAK = /[\n\u2028\u2029]$/;
