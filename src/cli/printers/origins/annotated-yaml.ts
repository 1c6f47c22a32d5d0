import type { JsonObject, JsonValue } from "../../../api/json-value.ts";
import type { ConfigPath, Definition } from "../../../clientcmd/origins.ts";
import { configToV1 } from "../../../codec/kubeconfig/to-v1.ts";
import { compareYamlKeys } from "../../../yaml/key-order.ts";
import { writeYaml } from "../../../yaml/write.ts";
import type { PresentedOrigins } from "./presented-origins.ts";
import { NAMES_FILE } from "./presented-origins.ts";
import type { PlaceNames } from "./show-place.ts";
import { quoteForSentence } from "../../../go/printable-text.ts";

const WIDTH = 80;
const LINE_BREAK = /[\n\r\u0085\u2028\u2029]/;

/**
 * Formats a config as `kcfg view` prints it, with comments about each entry's origin and what it shadows. It parses as
 * the same document as without them.
 */
export function annotatedYaml(presented: PresentedOrigins, names: PlaceNames): string {
  return new AnnotatedYaml(presented, names).document();
}

/**
 * Writes one field at a time, as the writer would write them all, so that it knows which lines belong to which field.
 */
class AnnotatedYaml {
  readonly #presented: PresentedOrigins;
  readonly #names: PlaceNames;
  #out = "";

  constructor(presented: PresentedOrigins, names: PlaceNames) {
    this.#presented = presented;
    this.#names = names;
  }

  document(): string {
    const document = configToV1(this.#presented.config);
    for (const key of sortedKeys(document)) {
      const value = document.get(key) ?? null;
      if (Array.isArray(value)) {
        this.#out += `${key}:\n`;
        this.#list(value as readonly JsonValue[], [key], "", (element) => writeYaml([element]));
      } else if (key === "preferences") {
        this.#preferences(value);
      } else {
        this.#scalar(key, value);
      }
    }
    return this.#out;
  }

  #scalar(key: string, value: JsonValue): void {
    const text = writeYaml(new Map([[key, value]]));
    if (key !== "current-context") {
      this.#out += text;
      return;
    }
    const found = this.#currentContexts();
    const { isContextFromFlag } = this.#presented;
    this.#marked(text, "", isContextFromFlag ? "--context" : found[0]?.place);
    this.#shadowed(
      "",
      found.slice(isContextFromFlag ? 0 : 1).map(({ place, name }) => `${place} (${quoteForSentence(name)})`),
    );
  }

  #currentContexts(): readonly { readonly place: string; readonly name: string }[] {
    return this.#presented.origins.definitions(["current-context"]).flatMap(({ source, node }) => {
      const position = node?.keyPosition ?? node?.position;
      return position === undefined
        ? []
        : [{ place: this.#names.place({ file: source.file, position }), name: source.config.currentContext }];
    });
  }

  #preferences(value: JsonValue): void {
    this.#out += "preferences:\n";
    const preferences = asObject(value);
    for (const key of sortedKeys(preferences)) {
      const path = ["preferences", key];
      const list = preferences.get(key) ?? null;
      if (Array.isArray(list)) {
        this.#out += `  ${key}:\n`;
        this.#list(list as readonly JsonValue[], path, "  ", (element) =>
          withoutLines(writeYaml(new Map([["a", new Map([["b", [element]]])]])), 2),
        );
      } else {
        const text = withoutLines(writeYaml(new Map([["a", new Map([[key, list]])]])), 1);
        const origin = this.#presented.origins.find(path);
        this.#marked(text, "  ", origin && this.#names.place(origin));
        this.#shadowed("  ", this.#placesOf(origin?.shadowed));
      }
    }
  }

  /**
   * Writes a list.
   *
   * @param write - formats an element among the others
   */
  #list(
    elements: readonly JsonValue[],
    path: ConfigPath,
    indent: string,
    write: (element: JsonObject) => string,
  ): void {
    for (const each of elements) {
      const element = asObject(each);
      const entryPath = [...path, nameOf(element)];
      const origin = this.#presented.origins.find(entryPath);
      let mark = origin && this.#names.place(origin);
      for (const [i, key] of sortedKeys(element).entries()) {
        const value = element.get(key) ?? null;
        // "a" comes before all other keys.
        const alone = (field: JsonValue): string =>
          i === 0
            ? write(new Map([[key, field]]))
            : withoutLines(
                write(
                  new Map([
                    ["a", null],
                    [key, field],
                  ]),
                ),
                1,
              );
        const head = isBlock(value) ? `${indent}${i === 0 ? "-" : " "} ${key}:\n` : alone(value);
        this.#marked(head, indent, mark);
        if (isBlock(value) && key === "extension") {
          this.#out += withoutLines(alone(value), 1);
        } else if (isBlock(value)) {
          this.#fields(asObject(value), entryPath, origin, (field) => withoutLines(alone(field), 1));
        }
        mark = undefined;
      }
      this.#shadowed(`${indent}  `, this.#placesOf(origin?.shadowed));
    }
  }

  #fields(
    entry: JsonObject,
    path: ConfigPath,
    origin: Definition | undefined,
    write: (field: JsonObject) => string,
  ): void {
    for (const key of sortedKeys(entry)) {
      const text = write(new Map([[key, entry.get(key) ?? null]]));
      this.#marked(text, "    ", this.#markOfField([...path, key], origin));
    }
  }

  /**
   * Returns the mark of a field. A field is where its entry is, unless an alias or a merge provides it, or its content
   * is another file's.
   */
  #markOfField(path: ConfigPath, entry: Definition | undefined): string | undefined {
    const { origins, contentOf } = this.#presented;
    const content = contentOf(path);
    if (content !== undefined) {
      const key = String(path.at(-1));
      const name = origins.find([...path.slice(0, -1), NAMES_FILE.get(key) ?? key]);
      const named = name === undefined ? "" : `, named at ${this.#names.place(name)}`;
      return `content of ${this.#names.file(content)}${named}`;
    }
    const origin = origins.find(path);
    if (origin === undefined || entry === undefined) {
      return undefined;
    }
    const line = Math.min(origin.position.line, origin.valuePosition.line);
    return line < entry.position.line
      ? this.#names.place({ file: origin.file, position: { ...origin.position, line } })
      : undefined;
  }

  #placesOf(definitions: readonly Definition[] = []): readonly string[] {
    return definitions.map((definition) => this.#names.place(definition));
  }

  /** Adds a comment after a line, or above a value that has several lines or would become too long. */
  #marked(text: string, indent: string, mark: string | undefined): void {
    const line = text.slice(0, -1);
    if (mark === undefined) {
      this.#out += text;
    } else if (!LINE_BREAK.test(line) && (line.endsWith(":") || line.length + mark.length + 3 <= WIDTH)) {
      this.#out += `${line} # ${mark}\n`;
    } else {
      this.#out += `${indent}# ${mark}\n${text}`;
    }
  }

  #shadowed(indent: string, places: readonly string[]): void {
    for (const place of places) {
      this.#out += `${indent}# shadowed: ${place}\n`;
    }
  }
}

function withoutLines(text: string, count: number): string {
  let start = 0;
  for (let i = 0; i < count; i++) {
    start = text.indexOf("\n", start) + 1;
  }
  return text.slice(start);
}

/** Reports whether a value is on the lines below its key. */
function isBlock(value: JsonValue): boolean {
  return value instanceof Map ? value.size > 0 : Array.isArray(value) && value.length > 0;
}

function sortedKeys(object: JsonObject): readonly string[] {
  return [...object.keys()].toSorted(compareYamlKeys);
}

function asObject(value: JsonValue): JsonObject {
  return value instanceof Map ? (value as JsonObject) : new Map<string, JsonValue>();
}

function nameOf(element: JsonObject): string {
  const name = element.get("name");
  return typeof name === "string" ? name : "";
}
