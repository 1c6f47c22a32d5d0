import { isEscapedByte } from "./byte-text.ts";
import { isGoPrintable } from "./unicode.ts";

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

const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * Quotes a string as Go's `%q` (`strconv.Quote`) does: printable characters as they are, others escaped. A byte that is not
 * UTF-8 is `\xNN`.
 */
export function goQuote(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : quoteRunes(text, false);
}

/** Quotes a string as Go's `strconv.QuoteToASCII`: {@link goQuote} that escapes everything beyond ASCII. */
export function goQuoteToAscii(text: string): string {
  return quoteRunes(text, true);
}

function quoteRunes(text: string, asciiOnly: boolean): string {
  let quoted = '"';
  for (const character of text) {
    quoted += quoteRune(character.codePointAt(0) ?? 0, '"', asciiOnly);
  }
  return `${quoted}"`;
}

/** Quotes a character as Go's `strconv.QuoteRune` or `strconv.QuoteRuneToASCII`. */
export function goQuoteRune(rune: number, asciiOnly = false): string {
  const valid = rune <= 0x10ffff && (rune < 0xd800 || rune > 0xdfff) ? rune : 0xfffd;
  return `'${quoteRune(valid, "'", asciiOnly)}'`;
}

/** Reports whether a string can be written between backquotes, on one line. Go's `strconv.CanBackquote`. */
export function canBackquote(text: string): boolean {
  return !/(?![\t\u0080-\u009f])[\p{Cc}`\ufeff\udc80-\udcff]/u.test(text);
}

function quoteRune(rune: number, quote: string, asciiOnly: boolean): string {
  if (rune === quote.charCodeAt(0)) {
    return `\\${quote}`;
  }
  const isPlain = rune !== 0x5c && (rune < 0x80 || !asciiOnly) && isGoPrintable(rune);
  return isPlain ? String.fromCodePoint(rune) : escapeRune(rune);
}

/** Writes a code point as Go's `%q` writes one that is not printable. */
export function escapeRune(rune: number): string {
  const escape = ESCAPES.get(rune);
  if (escape !== undefined) {
    return escape;
  }
  if (rune < 0x80 || isEscapedByte(rune)) {
    return `\\x${hex(rune & 0xff, 2)}`;
  }
  return rune < 0x1_0000 ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`;
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, "0");
}
