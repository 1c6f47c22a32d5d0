import { isGoDigit, isGoLetter, isGoPrintable } from "../../go/unicode.ts";
import { describeCharacter, END_OF_INPUT } from "../jsonpath/characters.ts";
import { goQuote } from "../../go/quote.ts";
import { LexerCursor } from "./lexer-cursor.ts";
import { KEYWORDS, type TemplateToken, type TokenKind } from "./template-token.ts";

const LEFT = "{{";
const RIGHT = "}}";
const COMMENT_START = "/*";
const COMMENT_END = "*/";
/** A trim marker is `-` with a space on its inner side. */
const MARKER_LENGTH = 2;

const DECIMAL = "0123456789_";
const HEXADECIMAL = "0123456789abcdefABCDEF_";

/**
 * Splits a template into tokens, as Go's text/template/parse does (`lex.go`). Leaves out comments, and the white space
 * that `{{-` and `-}}` trim. An error is the last token.
 */
export class Lexer extends LexerCursor {
  #insideAction = false;
  #parenthesisDepth = 0;

  next(): TemplateToken {
    return this.#insideAction ? this.#readInsideAction() : this.#readText();
  }

  #readText(): TemplateToken {
    for (;;) {
      const left = this.input.indexOf(LEFT, this.position);
      if (left < 0) {
        this.position = this.input.length;
        this.countLines();
        return this.token(this.position > this.start ? "text" : "eof");
      }
      if (left > this.position) {
        const text = this.#readTextUpTo(left);
        if (text.text !== "") {
          return text;
        }
      }
      const token = this.#readLeftDelimiter();
      if (token !== undefined) {
        return token;
      }
    }
  }

  #readTextUpTo(left: number): TemplateToken {
    const trims = this.#hasLeftTrimMarker(left + LEFT.length);
    this.position = trims ? trimmedEnd(this.input, this.start, left) : left;
    this.countLines();
    const text = this.token("text");
    this.position = left;
    this.ignore();
    return text;
  }

  /** Reads a left delimiter. Returns undefined if it began a comment, which is skipped. */
  #readLeftDelimiter(): TemplateToken | undefined {
    this.position += LEFT.length;
    const marker = this.#hasLeftTrimMarker(this.position) ? MARKER_LENGTH : 0;
    if (this.input.startsWith(COMMENT_START, this.position + marker)) {
      this.position += marker;
      this.ignore();
      return this.#skipComment();
    }
    const delimiter = this.token("leftDelim");
    this.#insideAction = true;
    this.position += marker;
    this.ignore();
    this.#parenthesisDepth = 0;
    return delimiter;
  }

  #skipComment(): TemplateToken | undefined {
    const end = this.input.indexOf(COMMENT_END, this.position + COMMENT_START.length);
    if (end < 0) {
      return this.error("unclosed comment");
    }
    this.position = end + COMMENT_END.length;
    const delimiter = this.#rightDelimiter();
    if (delimiter === undefined) {
      return this.error("comment ends before closing delimiter");
    }
    this.position += delimiter.length;
    if (delimiter.trims) {
      this.position = this.#skipSpaces(this.position);
    }
    this.ignore();
    return undefined;
  }

  #readRightDelimiter(trims: boolean): TemplateToken {
    if (trims) {
      this.position += MARKER_LENGTH;
      this.ignore();
    }
    this.position += RIGHT.length;
    const delimiter = this.token("rightDelim");
    if (trims) {
      this.position = this.#skipSpaces(this.position);
      this.ignore();
    }
    this.#insideAction = false;
    return delimiter;
  }

  #readInsideAction(): TemplateToken {
    const delimiter = this.#rightDelimiter();
    if (delimiter !== undefined) {
      return this.#parenthesisDepth === 0
        ? this.#readRightDelimiter(delimiter.trims)
        : this.error("unclosed left paren");
    }
    const rune = this.advance();
    switch (String.fromCodePoint(Math.max(rune, 0))) {
      case " ":
      case "\t":
      case "\r":
      case "\n":
        this.back();
        return this.#readSpace();
      case "=":
        return this.token("assign");
      case ":":
        return this.advance() === 0x3d ? this.token("declare") : this.error("expected :=");
      case "|":
        return this.token("pipe");
      case '"':
        return this.#readQuoted('"', "string", "quoted string");
      case "'":
        return this.#readQuoted("'", "charConstant", "character constant");
      case "`":
        return this.#readRawString();
      case "$":
        return this.#readName("variable", "variable");
      case ".":
        return this.#readDot();
      case "+":
      case "-":
        this.back();
        return this.#readNumber();
      case "(":
        this.#parenthesisDepth++;
        return this.token("leftParen");
      case ")":
        this.#parenthesisDepth--;
        return this.#parenthesisDepth < 0 ? this.error("unexpected right paren") : this.token("rightParen");
      default:
        return this.#readOther(rune);
    }
  }

  #readOther(rune: number): TemplateToken {
    if (rune === END_OF_INPUT) {
      return this.error("unclosed action");
    }
    if (rune >= 0x30 && rune <= 0x39) {
      this.back();
      return this.#readNumber();
    }
    if (isAlphanumeric(rune)) {
      this.back();
      return this.#readIdentifier();
    }
    return rune < 0x80 && isGoPrintable(rune)
      ? this.token("char")
      : this.error(`unrecognized character in action: ${describeCharacter(rune)}`);
  }

  /** Reads white space. A space before ` -}}` belongs to the delimiter. */
  #readSpace(): TemplateToken {
    let count = 0;
    while (isSpace(this.peek())) {
      this.advance();
      count++;
    }
    const marker = this.position - 1;
    if (this.#hasRightTrimMarker(marker) && this.input.startsWith(RIGHT, marker + MARKER_LENGTH)) {
      this.back();
      if (count === 1) {
        return this.#readRightDelimiter(true);
      }
    }
    return this.token("space");
  }

  #readIdentifier(): TemplateToken {
    const rune = this.#skipAlphanumerics();
    if (!this.#atTerminator()) {
      return this.error(`bad character ${describeCharacter(rune)}`);
    }
    const word = this.input.slice(this.start, this.position);
    return this.token(KEYWORDS.get(word) ?? (word === "true" || word === "false" ? "bool" : "identifier"));
  }

  /** Reads what begins with a dot: `.5` is a number, `.x` a field, and any other `.` the dot itself. */
  #readDot(): TemplateToken {
    const following = this.input.charCodeAt(this.position);
    if (this.position < this.input.length && (following < 0x30 || following > 0x39)) {
      return this.#readName("field", "dot");
    }
    this.back();
    return this.#readNumber();
  }

  #readName(kind: TokenKind, kindOfNone: TokenKind): TemplateToken {
    if (this.#atTerminator()) {
      return this.token(kindOfNone);
    }
    const rune = this.#skipAlphanumerics();
    return this.#atTerminator() ? this.token(kind) : this.error(`bad character ${describeCharacter(rune)}`);
  }

  /** Moves to the first character that is neither letter nor digit, and returns it. */
  #skipAlphanumerics(): number {
    let rune = this.advance();
    while (isAlphanumeric(rune)) {
      rune = this.advance();
    }
    this.back();
    return rune;
  }

  #atTerminator(): boolean {
    const rune = this.peek();
    return (
      rune === END_OF_INPUT ||
      isSpace(rune) ||
      ".,|:)(".includes(String.fromCodePoint(rune)) ||
      this.input.startsWith(RIGHT, this.position)
    );
  }

  #readQuoted(quote: string, kind: TokenKind, name: string): TemplateToken {
    const end = quote.charCodeAt(0);
    for (;;) {
      let rune = this.advance();
      if (rune === end) {
        return this.token(kind);
      }
      if (rune === 0x5c) {
        rune = this.advance();
      }
      if (rune === END_OF_INPUT || rune === 0x0a) {
        return this.error(`unterminated ${name}`);
      }
    }
  }

  #readRawString(): TemplateToken {
    const end = this.input.indexOf("`", this.position);
    if (end < 0) {
      return this.error("unterminated raw quoted string");
    }
    this.position = end + 1;
    this.countLines();
    return this.token("rawString");
  }

  #readNumber(): TemplateToken {
    if (!this.#scanNumber()) {
      return this.#badNumber();
    }
    const sign = this.peek();
    if (sign !== 0x2b && sign !== 0x2d) {
      return this.token("number");
    }
    return this.#scanNumber() && this.input.charAt(this.position - 1) === "i"
      ? this.token("complex")
      : this.#badNumber();
  }

  #badNumber(): TemplateToken {
    return this.error(`bad number syntax: ${goQuote(this.input.slice(this.start, this.position))}`);
  }

  /** Reads the characters that may be part of a number; whether it is one is decided later. */
  #scanNumber(): boolean {
    this.#accept("+-");
    let digits = DECIMAL;
    if (this.#accept("0")) {
      digits = this.#accept("xX")
        ? HEXADECIMAL
        : this.#accept("oO")
          ? "01234567_"
          : this.#accept("bB")
            ? "01_"
            : DECIMAL;
    }
    this.#acceptRun(digits);
    if (this.#accept(".")) {
      this.#acceptRun(digits);
    }
    if (digits === DECIMAL ? this.#accept("eE") : digits === HEXADECIMAL && this.#accept("pP")) {
      this.#accept("+-");
      this.#acceptRun(DECIMAL);
    }
    this.#accept("i");
    if (isAlphanumeric(this.peek())) {
      this.advance();
      return false;
    }
    return true;
  }

  #accept(characters: string): boolean {
    const rune = this.peek();
    if (rune === END_OF_INPUT || !characters.includes(String.fromCodePoint(rune))) {
      return false;
    }
    this.advance();
    return true;
  }

  #acceptRun(characters: string): void {
    while (this.#accept(characters));
  }

  #rightDelimiter(): { readonly trims: boolean; readonly length: number } | undefined {
    if (
      this.#hasRightTrimMarker(this.position) &&
      this.input.startsWith(RIGHT, this.position + MARKER_LENGTH)
    ) {
      return { trims: true, length: MARKER_LENGTH + RIGHT.length };
    }
    return this.input.startsWith(RIGHT, this.position) ? { trims: false, length: RIGHT.length } : undefined;
  }

  #hasLeftTrimMarker(at: number): boolean {
    return this.input.charAt(at) === "-" && isSpace(this.input.charCodeAt(at + 1));
  }

  #hasRightTrimMarker(at: number): boolean {
    return isSpace(this.input.charCodeAt(at)) && this.input.charAt(at + 1) === "-";
  }

  #skipSpaces(at: number): number {
    let end = at;
    while (isSpace(this.input.charCodeAt(end))) {
      end++;
    }
    return end;
  }
}

function isAlphanumeric(rune: number): boolean {
  return rune !== END_OF_INPUT && (rune === 0x5f || isGoLetter(rune) || isGoDigit(rune));
}

function trimmedEnd(input: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(input.charCodeAt(at - 1))) {
    at--;
  }
  return at;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0d || unit === 0x0a;
}
