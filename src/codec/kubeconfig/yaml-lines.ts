import { encodeBase64 } from "../../go/base64.ts";
import { emitString, isPlainWord } from "../../yaml/emit-string.ts";
import { isTextHazard } from "../../yaml/json-hazard.ts";

/**
 * Builds lines of block YAML whose layout is known beforehand, with scalars as go-yaml v2 writes them. Replaces the
 * general emitter, which would spend most of its time on finding the layout.
 */
export class YamlLines {
  /** Whether there was a scalar that go-yaml, which reads JSON text as YAML here, would refuse or change. */
  hazard = false;
  readonly #pages: string[] = [];
  #page = "";
  /** The last bytes: redacted ones are all the same. */
  #bytes: Uint8Array | undefined;
  #base64 = "";

  get text(): string {
    return this.#pages.join("") + this.#page;
  }

  /** Adds a line, without its line feed. */
  line(text: string): void {
    this.append(`${text}\n`);
  }

  /** Adds lines, each with its line feed. */
  append(lines: string): void {
    this.#page += lines;
    if (this.#page.length > PAGE) {
      // JavaScript joins strings only when a character is requested. Until then each piece costs more than its text.
      this.#page.charCodeAt(0);
      this.#pages.push(this.#page);
      this.#page = "";
    }
  }

  /**
   * Adds a string, in one line or several.
   *
   * @param head - the line up to the value
   * @param indent - how far the line is indented
   */
  string(head: string, indent: number, value: string): void {
    if (isPlainWord(value)) {
      this.append(`${head}${value}\n`);
      return;
    }
    if (isTextHazard(value)) this.hazard = true;
    const text = emitString(value, { column: head.length, indent: indent + 2, simpleKey: false });
    this.append(head + (ENDS_IN_BREAK.test(text) ? text : `${text}\n`));
  }

  /** Adds bytes in base64, as {@link string} adds a string. */
  bytes(head: string, indent: number, data: Uint8Array): void {
    if (data !== this.#bytes) {
      this.#bytes = data;
      this.#base64 = encodeBase64(data);
    }
    this.string(head, indent, this.#base64);
  }
}

/** The length of a page, in characters. */
const PAGE = 16_384;

/** A block scalar ends in the line break that it represents. */
const ENDS_IN_BREAK = /[\n\u2028\u2029]$/;
