import { isGoPrintable } from "../../../go/unicode.ts";

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x07, "\\a"],
  [0x08, "\\b"],
  [0x0c, "\\f"],
  [0x0a, "\\n"],
  [0x0d, "\\r"],
  [0x09, "\\t"],
  [0x0b, "\\v"],
  [0x5c, "\\\\"],
]);

/** Quotes a text as Go's `strconv.Quote`, or with `asciiOnly` as `strconv.QuoteToASCII`. A byte that is not UTF-8 is `\xNN`. */
export function quoteGo(text: string, asciiOnly = false): string {
  let quoted = '"';
  for (const character of text) {
    const rune = character.codePointAt(0) ?? 0;
    quoted += isEscapedByte(rune) ? `\\x${hex(rune - 0xdc00, 2)}` : quoteRune(rune, '"', asciiOnly);
  }
  return `${quoted}"`;
}

/** Quotes a character as Go's `strconv.QuoteRune` or `strconv.QuoteRuneToASCII`. */
export function quoteGoRune(rune: number, asciiOnly: boolean): string {
  const valid = rune <= 0x10ffff && (rune < 0xd800 || rune > 0xdfff) ? rune : 0xfffd;
  return `'${quoteRune(valid, "'", asciiOnly)}'`;
}

/** Whether a text can stand between backquotes, on one line. Go's `strconv.CanBackquote`. */
export function canBackquote(text: string): boolean {
  for (const character of text) {
    const rune = character.codePointAt(0) ?? 0;
    if (
      (rune < 0x20 && rune !== 0x09) ||
      rune === 0x60 ||
      rune === 0x7f ||
      rune === 0xfeff ||
      isEscapedByte(rune)
    ) {
      return false;
    }
  }
  return true;
}

function quoteRune(rune: number, quote: string, asciiOnly: boolean): string {
  if (rune === quote.charCodeAt(0)) {
    return `\\${quote}`;
  }
  const escape = ESCAPES.get(rune);
  if (escape !== undefined) {
    return escape;
  }
  if (rune < 0x80 || !asciiOnly) {
    if (isGoPrintable(rune)) {
      return String.fromCodePoint(rune);
    }
  }
  if (rune < 0x20 || rune === 0x7f) {
    return `\\x${hex(rune, 2)}`;
  }
  return rune < 0x10000 ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`;
}

function isEscapedByte(rune: number): boolean {
  return rune >= 0xdc80 && rune <= 0xdcff;
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, "0");
}
