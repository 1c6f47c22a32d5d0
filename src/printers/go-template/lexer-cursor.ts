import { END_OF_INPUT } from "../jsonpath/characters.ts";
import type { TemplateToken, TokenKind } from "./template-token.ts";

/** A position in the text of a template, and the piece of it that is to become a token. */
export class LexerCursor {
  protected input: string;
  protected position = 0;
  /** Where the piece begins. */
  protected start = 0;
  #line = 1;
  #startLine = 1;
  #atEnd = false;

  constructor(input: string) {
    this.input = input;
  }

  protected peek(): number {
    return this.input.codePointAt(this.position) ?? END_OF_INPUT;
  }

  protected advance(): number {
    const rune = this.peek();
    if (rune === END_OF_INPUT) {
      this.#atEnd = true;
      return rune;
    }
    this.position += rune > 0xffff ? 2 : 1;
    if (rune === 0x0a) {
      this.#line++;
    }
    return rune;
  }

  /** Undoes the last {@link advance}, which at the end of the input did nothing. */
  protected back(): void {
    if (this.#atEnd) {
      return;
    }
    const low = this.input.charCodeAt(this.position - 1);
    const high = this.input.charCodeAt(this.position - 2);
    const isPair = low >= 0xdc00 && low <= 0xdfff && high >= 0xd800 && high <= 0xdbff;
    this.position -= isPair ? 2 : 1;
    if (low === 0x0a) {
      this.#line--;
    }
  }

  protected token(kind: TokenKind): TemplateToken {
    const token = {
      kind,
      text: this.input.slice(this.start, this.position),
      at: this.start,
      line: this.#startLine,
    };
    this.start = this.position;
    this.#startLine = this.#line;
    return token;
  }

  protected error(message: string): TemplateToken {
    const token: TemplateToken = { kind: "error", text: message, at: this.start, line: this.#startLine };
    this.input = "";
    this.position = 0;
    this.start = 0;
    return token;
  }

  protected ignore(): void {
    this.countLines();
    this.start = this.position;
    this.#startLine = this.#line;
  }

  /** Counts the lines of a part that was skipped without {@link advance}. */
  protected countLines(): void {
    for (let i = this.start; i < this.position; i++) {
      if (this.input.charCodeAt(i) === 0x0a) {
        this.#line++;
      }
    }
  }
}
