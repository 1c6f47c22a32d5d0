import { byteLength } from "./go-text.ts";
import { goQuote } from "../../go/quote.ts";

/** The kinds of tokens of Go's text/template/parse, with its names. */
export type TokenKind =
  | "error"
  | "bool"
  | "char"
  | "charConstant"
  | "complex"
  | "assign"
  | "declare"
  | "eof"
  | "field"
  | "identifier"
  | "leftDelim"
  | "leftParen"
  | "number"
  | "pipe"
  | "rawString"
  | "rightDelim"
  | "rightParen"
  | "space"
  | "string"
  | "text"
  | "variable"
  | Keyword;

export type Keyword =
  | "block"
  | "break"
  | "continue"
  | "define"
  | "dot"
  | "else"
  | "end"
  | "if"
  | "nil"
  | "range"
  | "template"
  | "with";

export interface TemplateToken {
  readonly kind: TokenKind;
  /** The text of the token; of an error, its message. */
  readonly text: string;
  /** Where it starts, in UTF-16 units. */
  readonly at: number;
  /** The line it starts on, from 1. */
  readonly line: number;
}

export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map([
  ["block", "block"],
  ["break", "break"],
  ["continue", "continue"],
  ["define", "define"],
  ["else", "else"],
  ["end", "end"],
  ["if", "if"],
  ["nil", "nil"],
  ["range", "range"],
  ["template", "template"],
  ["with", "with"],
]);

/** Formats a token as in messages: `<end>`, `"}}"`, `"https://ex"...`, `EOF`. */
export function describeToken({ kind, text }: TemplateToken): string {
  if (kind === "eof") {
    return "EOF";
  }
  if (kind === "error") {
    return text;
  }
  if (kind === "dot" || KEYWORDS.get(text) === kind) {
    return `<${text}>`;
  }
  return byteLength(text) > 10 ? `${goQuote(Array.from(text).slice(0, 10).join(""))}...` : goQuote(text);
}
