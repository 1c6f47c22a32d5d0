import { goQuote } from "../go/quote.ts";
import { isGoPrintable } from "../go/unicode.ts";
import { visible } from "../go/visible.ts";

/** Returns a string on one line, in which everything that is not simply printed is written out. */
export function escapeUnprintable(text: string): string {
  const quoted = goQuote(text);
  return visible(quoted.slice(1, -1).replaceAll(/\\(["\\])/g, "$1"));
}

/** Reports whether a string is one line, and everything in it is simply printed. */
export function isPrintableLine(text: string): boolean {
  return escapeUnprintable(text) === text;
}

/**
 * Returns a string as it is, or quoted if it holds anything that is not simply printed. What files say cannot steer the
 * terminal.
 */
export function quoteUnprintable(text: string): string {
  return Array.from(text).every((character) => isGoPrintable(character.codePointAt(0) ?? 0))
    ? text
    : goQuote(text);
}

/**
 * {@link quoteUnprintable} for a string that is in the middle of a line: one that is empty, or has spaces at its ends,
 * is quoted too.
 */
export function quoteForSentence(text: string): string {
  return text !== "" && text.trim() === text ? quoteUnprintable(text) : goQuote(text);
}
