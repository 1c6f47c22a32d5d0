import type { Scanner } from "./scanner.ts";
import { TAG_DIRECTIVE, VERSION_DIRECTIVE } from "./yaml-token.ts";
import type { TokenType } from "./yaml-token.ts";

const DEFAULTS: ReadonlyMap<string, string> = new Map([
  ["!", "!"],
  ["!!", "tag:yaml.org,2002:"],
]);

/** kcfg's own limit, which kubectl does not have (see `NodeTree`). */
const MAX_TAG_DIRECTIVES = 65_536;

/** The directives before a document: `%YAML`, of which only version 1.1 is read, and the tag handles of `%TAG`. */
export class Directives {
  readonly #prefixes = new Map<string, string>();
  #versionSeen = false;
  /** The last tag, which is often needed again: it is not rebuilt. */
  #last = { handle: "", suffix: "", tag: "" };

  /** Takes all directives that come next. @throws YamlError */
  take(scanner: Scanner): void {
    for (let type = scanner.peek(); isDirective(type); type = scanner.peek()) {
      if (type === VERSION_DIRECTIVE) {
        this.#version(scanner);
      } else {
        this.#tag(scanner);
      }
      scanner.skip();
    }
  }

  /** Joins a handle's prefix and a suffix; undefined for an unknown handle. */
  fullTag(handle: string, suffix: string): string | undefined {
    if (handle === "") return suffix;
    if (handle === this.#last.handle && suffix === this.#last.suffix) return this.#last.tag;
    const prefix = this.#prefixes.get(handle) ?? DEFAULTS.get(handle);
    if (prefix === undefined) return undefined;
    const tag = prefix + suffix;
    this.#last = { handle, suffix, tag };
    return tag;
  }

  #version({ cursor, token }: Scanner): void {
    if (this.#versionSeen) throw cursor.error("found duplicate %YAML directive", token.start);
    if (token.text !== "1.1") {
      throw cursor.error(
        "found incompatible YAML document",
        token.start,
        "remove the %YAML line: kubectl reads YAML 1.1",
      );
    }
    this.#versionSeen = true;
  }

  #tag({ cursor, token }: Scanner): void {
    const handle = token.text ?? "";
    if (this.#prefixes.has(handle)) throw cursor.error("found duplicate %TAG directive", token.start);
    this.#prefixes.set(handle, token.suffix);
    if (this.#prefixes.size > MAX_TAG_DIRECTIVES) {
      throw cursor.error(`document has more than ${MAX_TAG_DIRECTIVES} %TAG directives`, token.start);
    }
  }
}

export function isDirective(type: TokenType): boolean {
  return type === VERSION_DIRECTIVE || type === TAG_DIRECTIVE;
}
