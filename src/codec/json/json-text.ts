import { withSortedKeys } from "../../go/order.ts";
import { trimSpace } from "../../go/space.ts";
import { goString } from "../../yaml/go-string.ts";
import type { YamlDocument } from "../../yaml/read.ts";
import { readYaml } from "../../yaml/read.ts";
import type { WireMember, WireValue } from "./wire-value.ts";
import { MAX_DEPTH, nestsTooDeep, RefusedDocument, WireObject } from "./wire-value.ts";

/** A document of JSON or YAML. */
export interface WireDocument {
  readonly value: WireValue;
  /** As in the {@link YamlDocument}. Always undefined in JSON. */
  readonly locate: YamlDocument["locate"];
}

/**
 * Reads a document as apimachinery's recognizing decoder does: as JSON if it begins with a brace, else as YAML, which
 * sigs.k8s.io/yaml converts to JSON with sorted keys. An empty document is null.
 *
 * @throws JsonTextError or YamlError for invalid syntax
 * @throws RefusedDocument for a document that nests too deep
 */
export function readWireDocument(data: Uint8Array, isJson: boolean = isJsonText(data)): WireDocument {
  if (isJson) {
    return { value: readJsonText(data), locate: () => undefined };
  }
  const document = readYaml(data);
  if (nestsTooDeep(document.value)) {
    throw new RefusedDocument("exceeded max depth");
  }
  return { value: withSortedKeys(document.value), locate: document.locate.bind(document) };
}

/** Reports whether apimachinery reads a document as JSON, and never as YAML: its first character is a brace. */
export function isJsonText(data: Uint8Array): boolean {
  return trimSpace(goString(data)).startsWith("{");
}

/** A document that Go's JSON decoder refuses. */
export class JsonTextError extends RefusedDocument {
  override readonly name = "JsonTextError";
}

/**
 * Reads JSON as Go's encoding/json does: repeated keys are kept, invalid UTF-8 and unpaired surrogates become U+FFFD.
 *
 * @throws JsonTextError for data that is not a single JSON value, or nests too deep
 */
export function readJsonText(data: Uint8Array): WireValue {
  return new JsonReader(goString(data)).read();
}

/** A list or object that is being read. */
interface Open {
  readonly items: WireValue[];
  /** The members of an object; undefined for a list. */
  readonly members: WireMember[] | undefined;
  /** The key of the member that is being read. */
  key: string;
}

const SPACE = /[\t\n\r ]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const BACKSLASH = 0x5c;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Reads JSON with an explicit stack of open lists and objects, so that nesting uses no stack frames. */
class JsonReader {
  readonly #text: string;
  #at = 0;
  readonly #open: Open[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): WireValue {
    for (;;) {
      let value = this.#value();
      while (value !== undefined) {
        const parent = this.#open.at(-1);
        if (parent === undefined) {
          this.#refuseRest();
          return value;
        }
        value = this.#addTo(parent, value);
      }
    }
  }

  /** Reads the value that starts here; undefined for a non-empty list or object, which is now open. */
  #value(): WireValue | undefined {
    this.#take(SPACE);
    switch (this.#text.charAt(this.#at)) {
      case "{":
        return this.#enter({ items: [], members: [], key: "" }, "}");
      case "[":
        return this.#enter({ items: [], members: undefined, key: "" }, "]");
      case '"':
        return this.#string();
      default:
        return this.#literal();
    }
  }

  #enter(open: Open, end: string): WireValue | undefined {
    this.#at++;
    this.#open.push(open);
    if (this.#open.length > MAX_DEPTH) {
      throw new JsonTextError("exceeded max depth");
    }
    if (this.#skips(end)) {
      return this.#close(open);
    }
    this.#readKey(open);
    return undefined;
  }

  /** Adds a value to its list or object, and returns that if it is complete. */
  #addTo(parent: Open, value: WireValue): WireValue | undefined {
    if (parent.members === undefined) {
      parent.items.push(value);
    } else {
      parent.members.push([parent.key, value]);
    }
    if (this.#skips(",")) {
      this.#readKey(parent);
      return undefined;
    }
    if (this.#skips(parent.members === undefined ? "]" : "}")) {
      return this.#close(parent);
    }
    throw this.#error();
  }

  #close(open: Open): WireValue {
    this.#open.pop();
    return open.members === undefined ? open.items : new WireObject(open.members);
  }

  #readKey(open: Open): void {
    if (open.members !== undefined) {
      this.#take(SPACE);
      open.key = this.#string();
      if (!this.#skips(":")) {
        throw this.#error();
      }
    }
  }

  #string(): string {
    const quoted = this.#quoted();
    if (quoted === "") {
      throw this.#error();
    }
    try {
      return String(JSON.parse(quoted)).replaceAll(LONE_SURROGATE, "\ufffd");
    } catch {
      throw this.#error();
    }
  }

  /** Skips a string with its quotes; `""` if there is none. Not by a pattern: V8's fail on millions of escapes. */
  #quoted(): string {
    const from = this.#at;
    const text = this.#text;
    if (text.charAt(from) !== '"') {
      return "";
    }
    for (let end = text.indexOf('"', from + 1); end !== -1; end = text.indexOf('"', end + 1)) {
      let before = end - 1;
      while (text.charCodeAt(before) === BACKSLASH) {
        before--;
      }
      // Paired backslashes escape each other.
      if ((end - before) % 2 === 1) {
        this.#at = end + 1;
        return text.slice(from, this.#at);
      }
    }
    return "";
  }

  #literal(): WireValue {
    for (const [word, value] of [
      ["null", null],
      ["true", true],
      ["false", false],
    ] as const) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    const number = this.#take(NUMBER);
    if (number === "") {
      throw this.#error();
    }
    return Number(number);
  }

  #refuseRest(): void {
    this.#take(SPACE);
    if (this.#at < this.#text.length) {
      throw this.#error();
    }
  }

  /** Skips spaces and then the character, if it is next. */
  #skips(character: string): boolean {
    this.#take(SPACE);
    const found = this.#text.charAt(this.#at) === character;
    if (found) {
      this.#at++;
    }
    return found;
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ""] = pattern.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }

  #error(): JsonTextError {
    return new JsonTextError(`invalid JSON at character ${this.#at + 1}`);
  }
}
