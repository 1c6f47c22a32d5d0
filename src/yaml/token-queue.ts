import type { Token } from "./yaml-token.ts";

/** How many slots may be unused before the queue is compacted. */
const MAX_UNUSED = 4096;

/** Tokens that have been scanned but not taken. Nearly always one or two. */
export class TokenQueue {
  #tokens: Token[] = [];
  #head = 0;
  #tail = 0;

  get isEmpty(): boolean {
    return this.#head === this.#tail;
  }

  /** @throws Error if the queue is empty, which is a fault of the caller */
  get first(): Token {
    const token = this.#tokens[this.#head];
    if (token === undefined || this.isEmpty) throw new Error("no token has been looked at");
    return token;
  }

  push(token: Token): void {
    this.#tokens[this.#tail] = token;
    this.#tail++;
  }

  dropFirst(): void {
    this.#head++;
    if (this.#head === this.#tail) {
      this.#head = 0;
      this.#tail = 0;
    } else if (this.#head === MAX_UNUSED) {
      this.#tokens = this.#tokens.slice(this.#head, this.#tail);
      this.#tail -= this.#head;
      this.#head = 0;
    }
  }
}
