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
import type { Cursor } from "./text-cursor.ts";
import type { Layout } from "./layout.ts";
import { badStart } from "./hints.ts";
import { scanBlockScalar } from "./scan-block-scalar.ts";
import { scanDirective } from "./scan-directive.ts";
import { atDocumentMarker, scanPlain } from "./scan-plain.ts";
import { scanAnchor, scanTag } from "./scan-properties.ts";
import { scanQuoted } from "./scan-quoted.ts";
import type { TokenQueue } from "./token-queue.ts";
import {
  ALIAS,
  ANCHOR,
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
} from "./yaml-token.ts";
import type { TokenType } from "./yaml-token.ts";

/** Scans the text into tokens, one at a time, by libyaml's rules. */
export class Tokenizer {
  readonly #cursor: Cursor;
  readonly #layout: Layout;
  readonly #queue: TokenQueue;

  constructor(cursor: Cursor, layout: Layout, queue: TokenQueue) {
    this.#cursor = cursor;
    this.#layout = layout;
    this.#queue = queue;
  }

  /** Scans the next token into the queue. @throws YamlError */
  scan(): void {
    const cursor = this.#cursor;
    cursor.need(1);
    this.skipToToken();
    const token = new Token(cursor.pos);
    this.#layout.unindentTo(cursor.column, token);
    cursor.need(4);
    this.#dispatch(token, cursor.at());
    this.#queue.push(token);
  }

  /** Skips white space and comments. */
  skipToToken(): void {
    const cursor = this.#cursor;
    const layout = this.#layout;
    for (;;) {
      cursor.need(1);
      cursor.skipByteOrderMark();
      cursor.need(1);
      // A tab must not count as indentation, so it is no white space where a key may start.
      if (layout.keyAllowed && !layout.inFlow) {
        cursor.skipSpaces();
      } else {
        cursor.skipBlanks();
      }
      cursor.skipComment();
      if (!isBreak(cursor.at())) return;
      cursor.need(2);
      cursor.skipBreak();
      if (!layout.inFlow) layout.keyAllowed = true;
    }
  }

  #dispatch(token: Token, code: number): void {
    const cursor = this.#cursor;
    if (code === NUL) return this.#streamEnd(token);
    if (cursor.pos === cursor.lineStart) {
      if (code === PERCENT) return this.#directive(token);
      if (atDocumentMarker(cursor)) {
        return this.#documentMarker(token, code === DASH ? DOCUMENT_START : DOCUMENT_END);
      }
    }
    const { inFlow } = this.#layout;
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
        return isSpacing(cursor.at(1)) ? this.#blockEntry(token) : this.#plain(token);
      case QUESTION:
        return inFlow || isSpacing(cursor.at(1)) ? this.#key(token) : this.#plain(token);
      case COLON:
        return inFlow || isSpacing(cursor.at(1)) ? this.#value(token) : this.#plain(token);
      case ASTERISK:
      case AMPERSAND:
        this.#begin(token, code === ASTERISK ? ALIAS : ANCHOR);
        return scanAnchor(cursor, token);
      case EXCLAMATION:
        this.#begin(token, TAG);
        return scanTag(cursor, token);
      case SINGLE_QUOTE:
      case DOUBLE_QUOTE:
        this.#begin(token, SCALAR);
        return scanQuoted(cursor, token);
      case PIPE:
      case GREATER:
        if (!inFlow) return this.#blockScalar(token);
    }
    const hint = badStart(code);
    if (hint !== undefined) {
      throw cursor.error("found character that cannot start any token", cursor.pos, hint);
    }
    return this.#plain(token);
  }

  /** Starts a token that may turn out to be a key. */
  #begin(token: Token, type: TokenType): void {
    token.type = type;
    this.#layout.expectKey(token);
  }

  /** Makes a token of the next characters. No key can span it. */
  #indicator(token: Token, type: TokenType, length: number, keyAllowed: boolean): void {
    token.type = type;
    this.#layout.forgetKey();
    this.#layout.keyAllowed = keyAllowed;
    this.#cursor.pos += length;
  }

  #streamEnd(token: Token): void {
    this.#layout.unindentTo(-1, token);
    this.#indicator(token, STREAM_END, 0, false);
    // No key can be completed any more, as if there were a line break here.
    this.#cursor.lineStart = this.#cursor.pos + 1;
  }

  #directive(token: Token): void {
    this.#layout.unindentTo(-1, token);
    this.#indicator(token, token.type, 0, false);
    scanDirective(this.#cursor, token);
  }

  #documentMarker(token: Token, type: TokenType): void {
    this.#layout.unindentTo(-1, token);
    this.#indicator(token, type, 3, false);
  }

  #flowStart(token: Token, type: TokenType): void {
    this.#begin(token, type);
    this.#layout.openFlow(token);
    this.#layout.keyAllowed = true;
    this.#cursor.pos++;
  }

  #flowEnd(token: Token, type: TokenType): void {
    this.#indicator(token, type, 1, false);
    this.#layout.closeFlow();
  }

  #flowEntry(token: Token): void {
    this.#indicator(token, FLOW_ENTRY, 1, true);
  }

  #blockEntry(token: Token): void {
    // In flow collections the parser refuses the entry.
    this.#indentTo(token, BLOCK_SEQUENCE_START, "block sequence entries are not allowed in this context");
    this.#indicator(token, BLOCK_ENTRY, 1, true);
  }

  #key(token: Token): void {
    this.#indentTo(token, BLOCK_MAPPING_START, "mapping keys are not allowed in this context");
    this.#indicator(token, KEY, 1, !this.#layout.inFlow);
  }

  #value(token: Token): void {
    const layout = this.#layout;
    const key = layout.takeKey();
    if (key === undefined) {
      this.#indentTo(
        token,
        BLOCK_MAPPING_START,
        "mapping values are not allowed in this context",
        "check the indentation, and quote a value that holds a colon and a space",
      );
      layout.keyAllowed = !layout.inFlow;
    } else {
      if (key.taken) {
        this.#lateKey(token, key);
      } else {
        key.isKey = true;
        layout.openMapping(key, key);
      }
      layout.keyAllowed = false;
    }
    token.type = VALUE;
    this.#cursor.pos++;
  }

  /** Adds a key that the parser has taken already: the tokens before it come before its `:`, and in the wrong order. */
  #lateKey(value: Token, key: Token): void {
    const late = new Token(key.start);
    late.type = KEY;
    late.ends = value.ends;
    value.ends = 0;
    this.#queue.push(late);
    this.#layout.openMapping(key, value);
  }

  /** Opens a block collection here if needed, which is refused where no key may start. */
  #indentTo(token: Token, opens: TokenType, refusal: string, hint?: string): void {
    const cursor = this.#cursor;
    if (this.#layout.inFlow) return;
    if (!this.#layout.keyAllowed) throw cursor.error(refusal, cursor.pos, hint);
    this.#layout.indentTo(cursor.column, token, opens);
  }

  #blockScalar(token: Token): void {
    this.#indicator(token, SCALAR, 0, true);
    scanBlockScalar(this.#cursor, token, this.#layout.indent);
  }

  #plain(token: Token): void {
    this.#begin(token, SCALAR);
    const { inFlow, indent } = this.#layout;
    const onNewLine = scanPlain(this.#cursor, token, inFlow, indent + 1);
    if (onNewLine) this.#layout.keyAllowed = true;
  }
}
