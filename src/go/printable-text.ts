import { goQuote } from "./quote.ts";
import { isGoPrintable } from "./unicode.ts";
import { visible } from "./visible.ts";

/** Formats a string on one line, with everything escaped that is not printable. */
export function escapeUnprintable(text: string): string {
  const quoted = goQuote(text);
  return visible(quoted.slice(1, -1).replaceAll(/\\(["\\])/g, "$1"));
}

/** Reports whether a string is one printable line. */
export function isPrintableLine(text: string): boolean {
  return escapeUnprintable(text) === text;
}

/**
 * Quotes a string if it holds anything that is not printable, so that the content of files cannot control the terminal.
 */
export function quoteUnprintable(text: string): string {
  return Array.from(text).every((character) => isGoPrintable(character.codePointAt(0) ?? 0))
    ? text
    : goQuote(text);
}

/**
 * Quotes as {@link quoteUnprintable}, for a string in the middle of a line: also if it is empty, or has spaces at its
 * ends.
 */
export function quoteForSentence(text: string): string {
  return text !== "" && text.trim() === text ? quoteUnprintable(text) : goQuote(text);
}
