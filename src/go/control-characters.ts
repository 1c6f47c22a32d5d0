import { isGoPrintable, toValidText } from "./unicode.ts";

const SEPARATORS = /^[\p{Z}\t-\r]$/u;

/**
 * Writes control characters, and others that show nothing, as `U+001B`, so that no escape sequence reaches a terminal;
 * white space stays. client-go's `cleanANSIEscapeCodes`, applied to the `installHint` of plugins.
 */
export function withoutControlCharacters(text: string): string {
  return Array.from(toValidText(text), (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return isGoPrintable(codePoint) || SEPARATORS.test(character)
      ? character
      : `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
  }).join("");
}
