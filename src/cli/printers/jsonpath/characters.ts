/** What {@link Cursor.next} answers at the end of the input. */
export const END_OF_INPUT = -1;

const LETTER = /^\p{L}$/u;
const DIGIT = /^\p{Nd}$/u;
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Go's `unicode.IsDigit`: a decimal digit of any script. */
export function isDigit(codePoint: number): boolean {
  return codePoint < 0x80
    ? codePoint >= 0x30 && codePoint <= 0x39
    : DIGIT.test(String.fromCodePoint(codePoint));
}

/** A character that starts a bare word: a letter or digit of any script, or `_`. */
export function isWordStart(codePoint: number): boolean {
  if (codePoint >= 0x80) {
    const character = String.fromCodePoint(codePoint);
    return LETTER.test(character) || DIGIT.test(character);
  }
  const lower = codePoint | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || codePoint === 0x5f || isDigit(codePoint);
}

export function isEndOfLine(codePoint: number): boolean {
  return codePoint === 0x0a || codePoint === 0x0d;
}

/** Whether a character ends a field name or a bare word: white space, `.`, `,`, `[`, `]`, `$`, `@`, `{`, `}` or the end. */
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

/** Writes a character as Go's `%#U` does: `U+002A '*'`, and without the character itself when it is not printable. */
export function describeCharacter(codePoint: number): string {
  const number = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
  const character = String.fromCodePoint(codePoint);
  return PRINTABLE.test(character) ? `${number} '${character}'` : number;
}
