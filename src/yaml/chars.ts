/** The result of `Cursor.at` past the end of the text. NUL itself is a control character and never part of a string. */
export const NUL = 0;
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const EXCLAMATION = 0x21;
export const DOUBLE_QUOTE = 0x22;
export const HASH = 0x23;
export const PERCENT = 0x25;
export const AMPERSAND = 0x26;
export const SINGLE_QUOTE = 0x27;
export const ASTERISK = 0x2a;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const DASH = 0x2d;
export const DOT = 0x2e;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
export const LESS = 0x3c;
export const GREATER = 0x3e;
export const QUESTION = 0x3f;
export const AT = 0x40;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const BACKTICK = 0x60;
export const OPEN_BRACE = 0x7b;
export const PIPE = 0x7c;
export const CLOSE_BRACE = 0x7d;
export const TILDE = 0x7e;
export const NEXT_LINE = 0x85;
export const LINE_SEPARATOR = 0x2028;
export const PARAGRAPH_SEPARATOR = 0x2029;
export const BYTE_ORDER_MARK = 0xfeff;

/** Reports whether a character is a space or a tab. */
export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** Reports whether a character is a line break of YAML 1.1: LF, CR, NEL, LS or PS. */
export function isBreak(code: number): boolean {
  return (
    code === LF ||
    code === CR ||
    code === NEXT_LINE ||
    code === LINE_SEPARATOR ||
    code === PARAGRAPH_SEPARATOR
  );
}

/** Reports whether a character is a line break or the end of the text. */
export function isBreakOrEnd(code: number): boolean {
  return code === NUL || isBreak(code);
}

/** Reports whether a character is a blank, a line break or the end of the text: what must follow most indicators. */
export function isSpacing(code: number): boolean {
  return code <= SPACE
    ? code === SPACE || code === LF || code === NUL || code === TAB || code === CR
    : code >= NEXT_LINE && (code === NEXT_LINE || code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR);
}

export function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}

/**
 * Reports whether a character may be in an anchor, a tag handle or a directive name: an ASCII letter, a digit, `-` or
 * `_`.
 */
export function isWordCharacter(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || isDigit(code) || code === DASH || code === 0x5f;
}

/** Returns the value of a hexadecimal digit, -1 for any other character. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - ZERO;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

/** Reports whether a character ends a plain scalar inside `[]` and `{}`. */
export function isFlowIndicator(code: number): boolean {
  return (
    code === COMMA ||
    code === QUESTION ||
    code === OPEN_BRACKET ||
    code === CLOSE_BRACKET ||
    code === OPEN_BRACE ||
    code === CLOSE_BRACE
  );
}
