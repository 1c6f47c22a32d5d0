import { isGoDigit, isGoLetter, isGoPrintable } from "../../go/unicode.ts";

/** The result of {@link JsonPathCursor.next} at the end of the input. */
export const END_OF_INPUT = -1;

/** Reports whether a character starts a bare word: a letter or digit of any script, or `_`. */
export function isWordStart(codePoint: number): boolean {
  return codePoint !== END_OF_INPUT && (codePoint === 0x5f || isGoLetter(codePoint) || isGoDigit(codePoint));
}

export function isEndOfLine(codePoint: number): boolean {
  return codePoint === 0x0a || codePoint === 0x0d;
}

/**
 * Reports whether a character ends a field name or a bare word: white space, `.`, `,`, `[`, `]`, `$`, `@`, `{`, `}` or
 * the end.
 */
export function isTerminator(codePoint: number): boolean {
  switch (codePoint) {
    case END_OF_INPUT:
    case 0x09:
    case 0x0a:
    case 0x0d:
    case 0x20:
    case 0x24:
    case 0x2c:
    case 0x2e:
    case 0x40:
    case 0x5b:
    case 0x5d:
    case 0x7b:
    case 0x7d:
      return true;
    default:
      return false;
  }
}

/**
 * Writes a character as Go's `%#U` does: `U+002A '*'`, and without the character itself when it is not printable. A byte
 * that is not UTF-8, here a lone surrogate, is U+FFFD.
 */
export function describeCharacter(codePoint: number): string {
  const known = codePoint >= 0xd800 && codePoint <= 0xdfff ? 0xfffd : codePoint;
  const number = `U+${known.toString(16).toUpperCase().padStart(4, "0")}`;
  return isGoPrintable(known) ? `${number} '${String.fromCodePoint(known)}'` : number;
}
