import type { Cursor } from "./text-cursor.ts";
import { BLOCK_MAPPING_START } from "./yaml-token.ts";
import type { Token, TokenType } from "./yaml-token.ts";

/** libyaml's limits, of flow collections and of block collections inside each other. */
const MAX_FLOW_LEVEL = 10_000;
const MAX_INDENTS = 10_000;

/** A key without `?` ends on its line, and its `:` is at most this many characters after its start. */
export const MAX_SIMPLE_KEY_LENGTH = 1024;

/**
 * The state of the scanner: the open collections, and the tokens that may still turn out to be keys.
 *
 * Whether a scalar is a key shows only at the `:` after it, so the last possible key of each flow level is remembered.
 */
export class Layout {
  /** Whether a key without `?` may start here. */
  keyAllowed = true;
  readonly #cursor: Cursor;
  /** Column of the innermost block collection, -1 outside of any; and of those around it. */
  #indent = -1;
  readonly #indents: number[] = [];
  /** For each flow level, the block level included, the last token that may turn out to be a key. */
  readonly #keys: (Token | undefined)[] = [undefined];
  /** For each flow level the token that opened it, until something on that level may be a key. */
  readonly #openers: (Token | undefined)[] = [undefined];

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  get indent(): number {
    return this.#indent;
  }

  /** Whether a `[` or `{` is open. */
  get inFlow(): boolean {
    return this.#keys.length > 1;
  }

  /** Whether some token on this level is waiting for its `:`. */
  get awaitsColon(): boolean {
    return this.#keys.at(-1)?.pending === true;
  }

  openFlow(token: Token): void {
    if (this.#keys.length > MAX_FLOW_LEVEL) {
      throw this.#cursor.error(`exceeded max depth of ${MAX_FLOW_LEVEL}`);
    }
    this.#keys.push(undefined);
    this.#openers.push(token);
  }

  closeFlow(): void {
    if (!this.inFlow) return;
    this.#keys.pop();
    // By an accident of libyaml's bookkeeping, as go-yaml changed it, the parser does not wait for what comes after
    // `[]` and `{}`.
    const opener = this.#openers.pop();
    if (opener !== undefined) opener.held = false;
  }

  /** Starts a block collection before a token that is further to the right than the innermost one. */
  indentTo(column: number, token: Token, opens: TokenType): void {
    if (this.inFlow || this.#indent >= column) return;
    this.push(column);
    token.opens = opens;
  }

  /** Enters a block collection. */
  push(column: number): void {
    if (this.#indents.length === MAX_INDENTS) {
      throw this.#cursor.error(`exceeded max depth of ${MAX_INDENTS}`);
    }
    this.#indents.push(this.#indent);
    this.#indent = column;
  }

  /** Leaves the innermost block collection. */
  pop(): void {
    this.#indent = this.#indents.pop() ?? -1;
  }

  /** Ends the block collections that are further to the right than a token, before that token. */
  unindentTo(column: number, token: Token): void {
    if (this.inFlow) return;
    while (this.#indent > column) {
      token.ends++;
      this.pop();
    }
  }

  /** Notes that a token may turn out to be a key, if one may start here. Right after it none may. */
  expectKey(token: Token): void {
    if (this.keyAllowed) {
      this.forgetKey();
      const level = this.#keys.length - 1;
      token.pending = true;
      token.held = true;
      token.required = level === 0 && this.#indent === this.#cursor.column;
      this.#keys[level] = token;
      this.#openers[level] = undefined;
    }
    this.keyAllowed = false;
  }

  /** Stops waiting for the `:` of the last possible key on this level. */
  forgetKey(): void {
    const level = this.#keys.length - 1;
    const token = this.#keys[level];
    if (token === undefined) return;
    if (token.pending && token.required) throw this.#missingColon(token);
    token.pending = false;
    token.held = false;
    this.#keys[level] = undefined;
  }

  /** Reports whether a pending token can still become a key; if not, it is no longer pending. */
  mayBeKey(token: Token): boolean {
    const cursor = this.#cursor;
    if (token.start >= cursor.lineStart && !cursor.isFartherThan(MAX_SIMPLE_KEY_LENGTH, token.start))
      return true;
    if (token.required) throw this.#missingColon(token);
    token.pending = false;
    token.held = false;
    return false;
  }

  /** Decides at a `:` that the last possible key on this level is one, and returns it; undefined if there is none. */
  takeKey(): Token | undefined {
    const key = this.#keys.at(-1);
    if (key === undefined || !key.pending || !this.mayBeKey(key)) return undefined;
    key.pending = false;
    key.held = false;
    return key;
  }

  /** Starts a block mapping at a key, if it needs one; `token` is the first token inside it. */
  openMapping(key: Token, token: Token): void {
    this.indentTo(key.start - this.#cursor.lineStart, token, BLOCK_MAPPING_START);
  }

  #missingColon(token: Token): Error {
    return this.#cursor.error(
      "could not find expected ':'",
      token.start,
      "put a colon and a space between a key and its value",
    );
  }
}
