import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  DASH,
  DOUBLE_QUOTE,
  HASH,
  LF,
  OPEN_BRACE,
  OPEN_BRACKET,
  SINGLE_QUOTE,
  SPACE,
} from "../chars.ts";
import { NextOccurrence } from "../next-occurrence.ts";
import { isPlainString, resolvePlain } from "../resolve-scalar.ts";
import { StringCache } from "../string-cache.ts";
import { MAX_QUICK_DEPTH, MAX_QUICK_KEY, MAX_QUICK_VALUES } from "./quick-value.ts";
import type { QuickObject, QuickValue, TakeItem } from "./quick-value.ts";

/**
 * Reads YAML as kubeconfigs are usually written: block mappings and sequences, plain and quoted scalars of one line,
 * `[]`, `{}` and comments, all in printable ASCII. For such a string the value equals that of `readYaml`; at anything
 * else, faults included, it gives up.
 *
 * @param text - only printable ASCII characters and line feeds
 * @param take - may throw
 * @returns undefined for a string that needs the full reader
 */
export function quickYaml(text: string, take?: TakeItem): QuickValue | undefined {
  try {
    return new QuickYaml(text, take).document();
  } catch (error) {
    if (error === GIVE_UP) return undefined;
    throw error;
  }
}

/** Thrown where the text leaves the subset. One object for all: a stack trace would cost more than the reading. */
const GIVE_UP = new Error("not in the subset");

class QuickYaml {
  readonly #text: string;
  readonly #slices: StringCache;
  readonly #colon: NextOccurrence;
  readonly #hash: NextOccurrence;
  /** Where the content of the current line begins, and its indentation; -1 after the last line. */
  #at = 0;
  #column = 0;
  #depth = 0;
  #values = 0;
  readonly #take: TakeItem | undefined;
  /** The last top-level key. */
  #section = "";

  constructor(text: string, take: TakeItem | undefined) {
    this.#text = text;
    this.#take = take;
    this.#slices = new StringCache(text);
    this.#colon = new NextOccurrence(text, ":");
    this.#hash = new NextOccurrence(text, "#");
  }

  document(): QuickValue {
    if (this.#text.startsWith("---\n")) this.#at = 4;
    this.#toLine(this.#at);
    if (this.#column !== 0) throw GIVE_UP;
    const value = this.#mapping();
    if (this.#at < this.#text.length) throw GIVE_UP;
    return value;
  }

  /** Reads the mapping whose first key is here, in the same column as all others. */
  #mapping(): QuickObject {
    const column = this.#column;
    const mapping: Record<string, QuickValue> = {};
    this.#enter();
    do {
      const key = this.#key();
      if (this.#depth === 1) this.#section = key;
      mapping[key] = this.#value(column);
    } while (this.#column === column);
    if (this.#column > column) throw GIVE_UP;
    this.#depth--;
    return mapping;
  }

  /** Reads the sequence whose first dash is here, in the same column as all others. */
  #sequence(): readonly QuickValue[] {
    const column = this.#column;
    const items: QuickValue[] = [];
    this.#enter();
    const take = this.#depth === 2 ? this.#take : undefined;
    do {
      const item = this.#skipSpaces(this.#at + 1);
      if (item === this.#at + 1) throw GIVE_UP;
      this.#column += item - this.#at;
      this.#at = item;
      const value = this.#keyEnd() === -1 ? this.#scalar() : this.#mapping();
      items.push(take === undefined ? value : take(this.#section, value));
    } while (this.#column === column && this.#text.charCodeAt(this.#at) === DASH);
    if (this.#column > column) throw GIVE_UP;
    this.#depth--;
    return items;
  }

  /** Reads the value of a key: a scalar on the same line, or a collection from the next line on. */
  #value(column: number): QuickValue {
    if (this.#text.charCodeAt(this.#at) === SPACE) {
      this.#at = this.#skipSpaces(this.#at);
      return this.#scalar();
    }
    this.#toLine(this.#at + 1);
    const isSequence = this.#text.charCodeAt(this.#at) === DASH;
    if (this.#column > column) return isSequence ? this.#sequence() : this.#mapping();
    if (this.#column === column && isSequence) return this.#sequence();
    return null;
  }

  /** Reads a key; the position is then after its colon. */
  #key(): string {
    const colon = this.#keyEnd();
    if (colon === -1) throw GIVE_UP;
    const key = this.#slices.slice(this.#at, colon);
    // Refuses a key that is no string, a merge, an array index of JavaScript, and `__proto__`.
    if (!isPlainString(key) || key === "<<" || INDEX.test(key) || key === "__proto__") {
      throw GIVE_UP;
    }
    this.#at = colon + 1;
    return key;
  }

  /** Returns the offset of the colon that ends the key here; -1 if there is none. */
  #keyEnd(): number {
    const text = this.#text;
    const start = this.#at;
    if (HARMLESS[text.charCodeAt(start)] !== FIRST) return -1;
    const stop = start + MAX_QUICK_KEY;
    let i = start + 1;
    while (i < stop && (HARMLESS[text.charCodeAt(i)] ?? 0) > 0) i++;
    if (text.charCodeAt(i) !== COLON) return -1;
    const next = text.charCodeAt(i + 1);
    return next === SPACE || next === LF ? i : -1;
  }

  /** Reads a scalar that ends on its line; then goes to the next line. */
  #scalar(): QuickValue {
    const text = this.#text;
    const from = this.#at;
    const first = text.charCodeAt(from);
    if (++this.#values > MAX_QUICK_VALUES) throw GIVE_UP;
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) return this.#quoted(from, first);
    if (first === OPEN_BRACE || first === OPEN_BRACKET) return this.#empty(from, first);
    const lineEnd = text.indexOf("\n", from);
    const end = this.#plainEnd(from, lineEnd === -1 ? text.length : lineEnd);
    const value = this.#slices.slice(from, end);
    this.#toLine(lineEnd === -1 ? text.length : lineEnd + 1);
    return isPlainString(value) ? value : special(value);
  }

  #quoted(from: number, quote: number): string {
    const text = this.#text;
    const close = text.indexOf(quote === DOUBLE_QUOTE ? '"' : "'", from + 1);
    const value = text.slice(from + 1, close);
    if (close === -1 || value.includes("\n") || (quote === DOUBLE_QUOTE && value.includes("\\")))
      throw GIVE_UP;
    this.#endLine(close + 1);
    return value;
  }

  #empty(from: number, open: number): QuickValue {
    const close = this.#text.charCodeAt(from + 1);
    this.#endLine(from + 2);
    if (open === OPEN_BRACE && close === CLOSE_BRACE) return {};
    if (open === OPEN_BRACKET && close === CLOSE_BRACKET) return [];
    throw GIVE_UP;
  }

  /** Goes to the next line from the end of this one. */
  #endLine(at: number): void {
    if (at < this.#text.length && this.#text.charCodeAt(at) !== LF) throw GIVE_UP;
    this.#toLine(at + 1);
  }

  /** Returns the end of a plain scalar that begins at `from` and goes up to the end of the line. */
  #plainEnd(from: number, lineEnd: number): number {
    const text = this.#text;
    if (HARMLESS[text.charCodeAt(from)] !== FIRST && !isDashedWord(text, from)) throw GIVE_UP;
    for (let hash = this.#hash.from(from); hash < lineEnd; hash = this.#hash.from(hash + 1)) {
      if (text.charCodeAt(hash - 1) === SPACE) throw GIVE_UP;
    }
    for (let colon = this.#colon.from(from); colon < lineEnd; colon = this.#colon.from(colon + 1)) {
      if (colon + 1 === lineEnd || text.charCodeAt(colon + 1) === SPACE) throw GIVE_UP;
    }
    let end = lineEnd;
    while (text.charCodeAt(end - 1) === SPACE) end--;
    return end;
  }

  /** Goes to the first line from `start` on that is neither empty nor a comment. */
  #toLine(start: number): void {
    const text = this.#text;
    let line = start;
    while (line < text.length) {
      const content = this.#skipSpaces(line);
      const code = text.charCodeAt(content);
      if (code !== LF && code !== HASH && content < text.length) {
        this.#at = content;
        this.#column = content - line;
        return;
      }
      const end = text.indexOf("\n", content);
      if (end === -1) break;
      line = end + 1;
    }
    this.#at = text.length;
    this.#column = -1;
  }

  #skipSpaces(from: number): number {
    let i = from;
    while (this.#text.charCodeAt(i) === SPACE) i++;
    return i;
  }

  #enter(): void {
    if (++this.#depth > MAX_QUICK_DEPTH || ++this.#values > MAX_QUICK_VALUES) throw GIVE_UP;
  }
}

const INDEX = /^\d+$/;

/** Reads a plain scalar that is not a string. */
function special(text: string): QuickValue {
  const scalar = resolvePlain(text);
  switch (scalar.kind) {
    case "bool":
      return scalar.value;
    case "null":
      return null;
    default:
      throw GIVE_UP;
  }
}

/** Reports whether a dash may begin a plain scalar: something harmless follows, another dash included. */
function isDashedWord(text: string, from: number): boolean {
  return text.charCodeAt(from) === DASH && (HARMLESS[text.charCodeAt(from + 1)] ?? 0) > 0;
}

/** Characters without meaning in a plain scalar. All but the dash are so at its start too. */
const HARMLESS = new Uint8Array(128);
const FIRST = 2;
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+=~$()<;^\\") {
  HARMLESS[character.charCodeAt(0)] = FIRST;
}
HARMLESS[DASH] = 1;
