import { DASH, SPACE } from "./chars.ts";
import { Cursor } from "./cursor.ts";
import type { YamlInput } from "./input.ts";
import { Layout } from "./layout.ts";
import { lineContent, simpleKeyEnd, simpleValueEnd } from "./shortcuts.ts";
import { BLOCK_END, KEY } from "./token.ts";
import type { Token, TokenType } from "./token.ts";
import { TokenQueue } from "./token-queue.ts";
import { Tokenizer } from "./tokenizer.ts";

/**
 * Hands out tokens, no sooner than they are asked for: since only the first document counts, a fault that is never
 * reached is never seen. How far libyaml scans ahead to tell keys from other scalars is part of that.
 */
export class Scanner {
  readonly cursor: Cursor;
  /** Where the scalar stands that a `takeSimple…` has taken. */
  from = 0;
  to = 0;
  readonly #queue = new TokenQueue();
  readonly #layout: Layout;
  readonly #tokenizer: Tokenizer;

  constructor(input: YamlInput) {
    this.cursor = new Cursor(input);
    this.#layout = new Layout(this.cursor);
    this.#tokenizer = new Tokenizer(this.cursor, this.#layout, this.#queue);
  }

  /** The type of the next token. @throws YamlError */
  peek(): TokenType {
    for (;;) {
      if (!this.#queue.isEmpty) {
        const token = this.#queue.first;
        if (token.ends > 0) return BLOCK_END;
        if (!token.held || !this.#layout.mayBeKey(token)) {
          if (token.opens !== 0) return token.opens;
          return token.isKey ? KEY : token.type;
        }
      }
      this.#tokenizer.scan();
    }
  }

  /** The next token, or the one that the next token stands before. Only after `peek`. */
  get token(): Token {
    return this.#queue.first;
  }

  /** Takes the next token. Only after `peek`. */
  skip(): void {
    const token = this.#queue.first;
    if (token.ends > 0) {
      token.ends--;
    } else if (token.opens !== 0) {
      token.opens = 0;
    } else if (token.isKey) {
      token.isKey = false;
    } else {
      token.taken = true;
      this.#queue.dropFirst();
    }
  }

  /**
   * Takes a KEY, a scalar from `from` to `to`, and a VALUE, if these are the next tokens, in the innermost block
   * collection, and easy to see.
   */
  takeSimpleKey(): boolean {
    const { cursor } = this;
    if (!this.#atSimpleEntry()) return false;
    const colon = simpleKeyEnd(cursor);
    if (colon < 0) return false;
    this.from = cursor.pos;
    this.to = colon;
    cursor.pos = colon + 1;
    this.#layout.keyAllowed = false;
    return true;
  }

  /** Takes a scalar from `from` to `to` after `takeSimpleKey`, if that is the next token. */
  takeSimpleValue(): boolean {
    return this.cursor.at() === SPACE && this.#takeSimpleLine(this.cursor.pos + 1);
  }

  /** Takes a BLOCK-ENTRY and a scalar from `from` to `to`, if these are the next tokens. */
  takeSimpleItem(): boolean {
    if (!this.#atSimpleEntry()) return false;
    const { cursor } = this;
    return cursor.at() === DASH && cursor.at(1) === SPACE && this.#takeSimpleLine(cursor.pos + 2);
  }

  /** Whether the text is simple and an entry of the innermost block collection starts here. */
  #atSimpleEntry(): boolean {
    const { cursor } = this;
    const layout = this.#layout;
    if (!cursor.simple || !this.#queue.isEmpty || layout.awaitsColon) return false;
    this.#tokenizer.skipToToken();
    return layout.keyAllowed && !layout.inFlow && cursor.column === layout.indent;
  }

  #takeSimpleLine(from: number): boolean {
    const { cursor } = this;
    const to = simpleValueEnd(cursor, from);
    if (to < 0) return false;
    const next = lineContent(cursor, to + 1);
    if (next < 0 || next - to - 1 > this.#layout.indent) return false;
    this.from = from;
    this.to = to;
    cursor.pos = next;
    cursor.lineStart = to + 1;
    this.#layout.keyAllowed = true;
    return true;
  }
}
