import { Cursor } from "./text-cursor.ts";
import type { YamlInput } from "./input.ts";
import { Layout } from "./layout.ts";
import { SimpleLines } from "./simple-lines.ts";
import { TokenQueue } from "./token-queue.ts";
import { BLOCK_END, KEY } from "./yaml-token.ts";
import type { Token, TokenType } from "./yaml-token.ts";
import { Tokenizer } from "./tokenizer.ts";

/**
 * Provides tokens on demand: since only the first document counts, a fault that is never reached is never reported.
 * This includes how far libyaml scans ahead to recognize keys.
 */
export class Scanner {
  readonly cursor: Cursor;
  /** A shortcut around the tokens. */
  readonly lines: SimpleLines;
  readonly #queue = new TokenQueue();
  readonly #layout: Layout;
  readonly #tokenizer: Tokenizer;

  constructor(input: YamlInput) {
    this.cursor = new Cursor(input);
    this.#layout = new Layout(this.cursor);
    this.#tokenizer = new Tokenizer(this.cursor, this.#layout, this.#queue);
    this.lines = new SimpleLines(this.cursor, this.#layout, this.#queue, this.#tokenizer);
  }

  /** Returns the type of the next token. @throws YamlError */
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

  /** The next token, or the one that it precedes. Only after `peek`. */
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
}
