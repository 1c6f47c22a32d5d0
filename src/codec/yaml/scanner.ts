import { Cursor } from "./cursor.ts";
import type { YamlInput } from "./input.ts";
import {
  AMPERSAND,
  ASTERISK,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  DASH,
  DOUBLE_QUOTE,
  EXCLAMATION,
  GREATER,
  NUL,
  OPEN_BRACE,
  OPEN_BRACKET,
  PERCENT,
  PIPE,
  QUESTION,
  SINGLE_QUOTE,
  isBreak,
  isSpacing,
} from "./chars.ts";
import { scanBlockScalar } from "./scan-block-scalar.ts";
import { scanDirective } from "./scan-directive.ts";
import { atDocumentMarker, scanPlain } from "./scan-plain.ts";
import { scanAnchor, scanTag } from "./scan-properties.ts";
import { scanQuoted } from "./scan-quoted.ts";
import { badStart } from "./mends.ts";
import {
  ALIAS,
  ANCHOR,
  BLOCK_END,
  BLOCK_ENTRY,
  BLOCK_MAPPING_START,
  BLOCK_SEQUENCE_START,
  DOCUMENT_END,
  DOCUMENT_START,
  FLOW_ENTRY,
  FLOW_MAPPING_END,
  FLOW_MAPPING_START,
  FLOW_SEQUENCE_END,
  FLOW_SEQUENCE_START,
  KEY,
  SCALAR,
  STREAM_END,
  TAG,
  Token,
  VALUE,
} from "./token.ts";
import type { TokenType } from "./token.ts";

/** libyaml's limits, of flow collections and of block collections inside each other. */
const MAX_FLOW_LEVEL = 10_000;
const MAX_INDENTS = 10_000;

/** A key without `?` ends on its line, and its `:` stands at most this many characters after its start. */
const MAX_SIMPLE_KEY_LENGTH = 1024;

/**
 * Turns the text into tokens by libyaml's rules, no sooner than they are asked for: since only the first document
 * counts, a fault that is never reached is never seen.
 */
export class Scanner {
  readonly cursor: Cursor;
  /** Tokens that have been scanned but not taken. */
  #queue: Token[] = [];
  #head = 0;
  /** Column of the innermost block collection, -1 outside of any; and of those around it. */
  #indent = -1;
  readonly #indents: number[] = [];
  /** How many `[` and `{` are open. */
  #flowLevel = 0;
  /** For each flow level the last token that may turn out to be a key. */
  readonly #simpleKeys: (Token | undefined)[] = [undefined];
  #simpleKeyAllowed = true;

  constructor(input: YamlInput) {
    this.cursor = new Cursor(input);
  }

  /** The type of the next token. @throws YamlError */
  peek(): TokenType {
    for (;;) {
      const token = this.#queue[this.#head];
      if (token !== undefined) {
        if (token.ends > 0) return BLOCK_END;
        if (!token.pending || !this.#mayBeKey(token)) {
          if (token.opens !== 0) return token.opens;
          return token.isKey ? KEY : token.type;
        }
      }
      this.#fetch();
    }
  }

  /** The next token, or the one that the next token stands before. Only after `peek`. */
  get token(): Token {
    const token = this.#queue[this.#head];
    if (token === undefined) throw new Error("peek first");
    return token;
  }

  /** Takes the next token. */
  skip(): void {
    const { token } = this;
    if (token.ends > 0) {
      token.ends--;
    } else if (token.opens !== 0) {
      token.opens = 0;
    } else if (token.isKey) {
      token.isKey = false;
    } else {
      this.#head++;
      if (this.#head === this.#queue.length) {
        this.#queue.length = 0;
        this.#head = 0;
      } else if (this.#head >= 4096) {
        this.#queue = this.#queue.slice(this.#head);
        this.#head = 0;
      }
    }
  }

  #fetch(): void {
    const { cursor } = this;
    cursor.need(1);
    this.#skipToToken();
    const token = new Token(cursor.pos);
    this.#unindent(token, cursor.column);
    cursor.need(4);
    this.#scan(token, cursor.at());
    this.#queue.push(token);
  }

  /** Passes white space and comments. */
  #skipToToken(): void {
    const { cursor } = this;
    for (;;) {
      cursor.need(1);
      cursor.skipByteOrderMark();
      cursor.need(1);
      // A tab must not be taken for indentation, so it is no white space where a key may start.
      if (this.#flowLevel > 0 || !this.#simpleKeyAllowed) {
        cursor.skipBlanks();
      } else {
        cursor.skipSpaces();
      }
      cursor.skipComment();
      if (!isBreak(cursor.at())) return;
      cursor.need(2);
      cursor.skipBreak();
      if (this.#flowLevel === 0) this.#simpleKeyAllowed = true;
    }
  }

  #scan(token: Token, code: number): void {
    const { cursor } = this;
    if (code === NUL) return this.#streamEnd(token);
    if (cursor.pos === cursor.lineStart) {
      if (code === PERCENT) return this.#directive(token);
      if (atDocumentMarker(cursor)) {
        return this.#documentMarker(token, code === DASH ? DOCUMENT_START : DOCUMENT_END);
      }
    }
    const inFlow = this.#flowLevel > 0;
    switch (code) {
      case OPEN_BRACKET:
        return this.#flowStart(token, FLOW_SEQUENCE_START);
      case OPEN_BRACE:
        return this.#flowStart(token, FLOW_MAPPING_START);
      case CLOSE_BRACKET:
        return this.#flowEnd(token, FLOW_SEQUENCE_END);
      case CLOSE_BRACE:
        return this.#flowEnd(token, FLOW_MAPPING_END);
      case COMMA:
        return this.#flowEntry(token);
      case DASH:
        if (isSpacing(cursor.at(1))) return this.#blockEntry(token);
        return this.#plain(token);
      case QUESTION:
        if (inFlow || isSpacing(cursor.at(1))) return this.#key(token);
        return this.#plain(token);
      case COLON:
        if (inFlow || isSpacing(cursor.at(1))) return this.#value(token);
        return this.#plain(token);
      case ASTERISK:
      case AMPERSAND:
        this.#saveSimpleKey(token);
        token.type = code === ASTERISK ? ALIAS : ANCHOR;
        return scanAnchor(cursor, token);
      case EXCLAMATION:
        this.#saveSimpleKey(token);
        token.type = TAG;
        return scanTag(cursor, token);
      case SINGLE_QUOTE:
      case DOUBLE_QUOTE:
        this.#saveSimpleKey(token);
        token.type = SCALAR;
        return scanQuoted(cursor, token);
      case PIPE:
      case GREATER:
        if (!inFlow) return this.#blockScalar(token);
    }
    const mend = badStart(code);
    if (mend !== undefined)
      throw cursor.error("found character that cannot start any token", cursor.pos, mend);
    this.#plain(token);
  }

  #streamEnd(token: Token): void {
    token.type = STREAM_END;
    this.#unindent(token, -1);
    this.#dropSimpleKey();
    this.#simpleKeyAllowed = false;
    // No key can be completed any more, as if a line break stood here.
    this.cursor.lineStart = this.cursor.pos + 1;
  }

  #directive(token: Token): void {
    this.#unindent(token, -1);
    this.#dropSimpleKey();
    this.#simpleKeyAllowed = false;
    scanDirective(this.cursor, token);
  }

  #documentMarker(token: Token, type: TokenType): void {
    token.type = type;
    this.#unindent(token, -1);
    this.#dropSimpleKey();
    this.#simpleKeyAllowed = false;
    this.cursor.pos += 3;
  }

  #flowStart(token: Token, type: TokenType): void {
    token.type = type;
    this.#saveSimpleKey(token);
    this.#simpleKeys.push(undefined);
    this.#flowLevel++;
    if (this.#flowLevel > MAX_FLOW_LEVEL) {
      throw this.cursor.error(`exceeded max depth of ${MAX_FLOW_LEVEL}`);
    }
    this.#simpleKeyAllowed = true;
    this.cursor.pos++;
  }

  #flowEnd(token: Token, type: TokenType): void {
    token.type = type;
    this.#dropSimpleKey();
    if (this.#flowLevel > 0) {
      this.#flowLevel--;
      this.#simpleKeys.pop();
    }
    this.#simpleKeyAllowed = false;
    this.cursor.pos++;
  }

  #flowEntry(token: Token): void {
    token.type = FLOW_ENTRY;
    this.#dropSimpleKey();
    this.#simpleKeyAllowed = true;
    this.cursor.pos++;
  }

  #blockEntry(token: Token): void {
    token.type = BLOCK_ENTRY;
    if (this.#flowLevel === 0) {
      if (!this.#simpleKeyAllowed) {
        throw this.cursor.error("block sequence entries are not allowed in this context");
      }
      this.#indentTo(token, this.cursor.column, BLOCK_SEQUENCE_START);
    }
    this.#dropSimpleKey();
    this.#simpleKeyAllowed = true;
    this.cursor.pos++;
  }

  #key(token: Token): void {
    token.type = KEY;
    if (this.#flowLevel === 0) {
      if (!this.#simpleKeyAllowed) throw this.cursor.error("mapping keys are not allowed in this context");
      this.#indentTo(token, this.cursor.column, BLOCK_MAPPING_START);
    }
    this.#dropSimpleKey();
    this.#simpleKeyAllowed = this.#flowLevel === 0;
    this.cursor.pos++;
  }

  #value(token: Token): void {
    token.type = VALUE;
    const key = this.#simpleKeys.at(-1);
    if (key !== undefined && key.pending && this.#mayBeKey(key)) {
      key.pending = false;
      key.isKey = true;
      this.#indentTo(key, key.start - this.cursor.lineStart, BLOCK_MAPPING_START);
      this.#simpleKeyAllowed = false;
    } else {
      if (this.#flowLevel === 0) {
        if (!this.#simpleKeyAllowed) {
          throw this.cursor.error(
            "mapping values are not allowed in this context",
            this.cursor.pos,
            "check the indentation, and quote a value that holds `: `",
          );
        }
        this.#indentTo(token, this.cursor.column, BLOCK_MAPPING_START);
      }
      this.#simpleKeyAllowed = this.#flowLevel === 0;
    }
    this.cursor.pos++;
  }

  #blockScalar(token: Token): void {
    token.type = SCALAR;
    this.#dropSimpleKey();
    this.#simpleKeyAllowed = true;
    scanBlockScalar(this.cursor, token, this.#indent);
  }

  #plain(token: Token): void {
    token.type = SCALAR;
    this.#saveSimpleKey(token);
    const onNewLine = scanPlain(this.cursor, token, this.#flowLevel > 0, this.#indent + 1);
    if (onNewLine) this.#simpleKeyAllowed = true;
  }

  /** Lets a block collection start before a token that stands further to the right than the innermost one. */
  #indentTo(token: Token, column: number, opens: TokenType): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > MAX_INDENTS) {
      throw this.cursor.error(`exceeded max depth of ${MAX_INDENTS}`);
    }
    token.opens = opens;
  }

  /** Ends before a token the block collections that stand further to the right. */
  #unindent(token: Token, column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      token.ends++;
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  /** Takes note that a token may turn out to be a key, if one may start here; no other key may start after it. */
  #saveSimpleKey(token: Token): void {
    if (this.#simpleKeyAllowed) {
      this.#dropSimpleKey();
      token.pending = true;
      token.required = this.#flowLevel === 0 && this.#indent === this.cursor.column;
      this.#simpleKeys[this.#simpleKeys.length - 1] = token;
    }
    this.#simpleKeyAllowed = false;
  }

  /** Gives up waiting for the `:` of the last possible key on this level. */
  #dropSimpleKey(): void {
    const last = this.#simpleKeys.length - 1;
    const token = this.#simpleKeys[last];
    if (token === undefined) return;
    if (token.pending && token.required) throw this.#missingColon(token);
    token.pending = false;
    this.#simpleKeys[last] = undefined;
  }

  /** Whether a pending token can still become a key; if it cannot, it is pending no longer. */
  #mayBeKey(token: Token): boolean {
    const { cursor } = this;
    if (token.start >= cursor.lineStart && !cursor.isFartherThan(MAX_SIMPLE_KEY_LENGTH, token.start))
      return true;
    if (token.required) throw this.#missingColon(token);
    token.pending = false;
    return false;
  }

  #missingColon(token: Token): Error {
    return this.cursor.error(
      "could not find expected ':'",
      token.start,
      "put a colon and a space between a key and its value",
    );
  }
}
