import { COLON, DASH, HASH, LF, SPACE } from "./chars.ts";
import type { Cursor } from "./text-cursor.ts";
import { MAX_SIMPLE_KEY_LENGTH } from "./layout.ts";
import type { Layout } from "./layout.ts";
import type { TokenQueue } from "./token-queue.ts";
import type { Tokenizer } from "./tokenizer.ts";

/**
 * A shortcut from the text to the parser, without tokens, for lines as nearly all kubeconfigs have them: `key: value`,
 * `key:`, `- value` and `- key: value`, of printable ASCII characters and without quotes or other indicators.
 *
 * It finds only what the scanner would find, and leaves the same state; in case of doubt it finds nothing.
 */
export class SimpleLines {
  /** Where the last scalar is. */
  from = 0;
  to = 0;
  readonly #cursor: Cursor;
  readonly #layout: Layout;
  readonly #queue: TokenQueue;
  readonly #tokenizer: Tokenizer;

  constructor(cursor: Cursor, layout: Layout, queue: TokenQueue, tokenizer: Tokenizer) {
    this.#cursor = cursor;
    this.#layout = layout;
    this.#queue = queue;
    this.#tokenizer = tokenizer;
  }

  /**
   * Returns how far to the right of the innermost block collection the next token starts; negative if the collection
   * ends before it. NaN where no shortcut is possible.
   */
  depth(): number {
    const layout = this.#layout;
    if (!this.#cursor.simple || !this.#queue.isEmpty || layout.inFlow || layout.awaitsColon)
      return Number.NaN;
    this.#tokenizer.skipToToken();
    return layout.keyAllowed ? this.#cursor.column - layout.indent : Number.NaN;
  }

  /** Takes a key and its `:`, if they come next. */
  takeKey(): boolean {
    const cursor = this.#cursor;
    const colon = keyEnd(cursor, cursor.pos);
    if (colon < 0) return false;
    this.from = cursor.pos;
    this.to = colon;
    cursor.pos = colon + 1;
    this.#layout.keyAllowed = false;
    return true;
  }

  /** Takes the value after a key that has been taken, if it is on the same line. */
  takeValue(): boolean {
    const cursor = this.#cursor;
    return cursor.at() === SPACE && this.#takeLine(cursor.pos + 1);
  }

  /** Takes an item that is a scalar, with its `-`, if it comes next. */
  takeItem(): boolean {
    return this.atItem() && this.#takeLine(this.#cursor.pos + 2);
  }

  /** Takes the `-` of an item that is a mapping, if its first key follows on the same line, and opens the mapping. */
  takeItemOfKeys(): boolean {
    const cursor = this.#cursor;
    if (!this.atItem()) return false;
    const key = skipSpaces(cursor, cursor.pos + 1);
    if (keyEnd(cursor, key) < 0) return false;
    cursor.pos = key;
    this.open();
    return true;
  }

  atKey(): boolean {
    return keyEnd(this.#cursor, this.#cursor.pos) >= 0;
  }

  /** Reports whether an item comes next, a scalar or another one. */
  atItem(): boolean {
    const cursor = this.#cursor;
    return cursor.at() === DASH && cursor.at(1) === SPACE;
  }

  /** Opens a block collection here. */
  open(): void {
    this.#layout.push(this.#cursor.column);
  }

  /** Ends the innermost block collection. */
  end(): void {
    this.#layout.pop();
  }

  /** Takes a plain scalar up to the end of its line, if it clearly does not continue after that. */
  #takeLine(start: number): boolean {
    const cursor = this.#cursor;
    const from = skipSpaces(cursor, start);
    const to = valueEnd(cursor, from);
    if (to < 0) return false;
    const lineStart = cursor.nextLineFeed.from(from) + 1;
    const next = skipSpaces(cursor, lineStart);
    const code = cursor.text.charCodeAt(next);
    if (next >= cursor.end || code === LF || code === HASH || next - lineStart > this.#layout.indent)
      return false;
    this.from = from;
    this.to = to;
    cursor.pos = next;
    cursor.lineStart = lineStart;
    this.#layout.keyAllowed = true;
    return true;
  }
}

function skipSpaces({ text }: Cursor, from: number): number {
  let i = from;
  while (text.charCodeAt(i) === SPACE) i++;
  return i;
}

/** Returns the offset of the `:` that ends a key of harmless characters, -1 if there is none. */
function keyEnd({ text, end }: Cursor, from: number): number {
  if (HARMLESS[text.charCodeAt(from)] !== FIRST) return -1;
  const stop = Math.min(end - 1, from + MAX_SIMPLE_KEY_LENGTH);
  let i = from + 1;
  while (i < stop && (HARMLESS[text.charCodeAt(i)] ?? 0) > 0) i++;
  if (i >= stop || text.charCodeAt(i) !== COLON) return -1;
  const next = text.charCodeAt(i + 1);
  return next === SPACE || next === LF ? i : -1;
}

/** Returns the end of a plain scalar that ends on its line, -1 if there is none. */
function valueEnd(cursor: Cursor, from: number): number {
  const { text } = cursor;
  // A dash is harmless when something harmless follows, another dash included.
  const first = HARMLESS[text.charCodeAt(from)] ?? 0;
  if (first !== FIRST && !(first > 0 && (HARMLESS[text.charCodeAt(from + 1)] ?? 0) > 0)) return -1;
  let end = cursor.nextLineFeed.from(from);
  if (text.charCodeAt(end - 1) === COLON) return -1;
  if (cursor.nextSpace.from(from) > end) return end;
  if (cursor.nextHash.from(from) < end) return -1;
  for (let colon = cursor.nextColon.from(from); colon < end; colon = cursor.nextColon.from(colon + 1)) {
    if (text.charCodeAt(colon + 1) === SPACE) return -1;
  }
  while (text.charCodeAt(end - 1) === SPACE) end--;
  return end;
}

/** Characters without meaning in a plain scalar. All but the dash are so at its start too. */
const HARMLESS = new Uint8Array(128);
const FIRST = 2;
for (const character of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+=~$()<;^\\") {
  HARMLESS[character.charCodeAt(0)] = FIRST;
}
HARMLESS[DASH] = 1;
