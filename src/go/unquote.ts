import { fromBytes, toBytes, withoutEscapedBytes } from "./byte-text.ts";

const SIMPLE_ESCAPES: ReadonlyMap<string, number> = new Map([
  ["a", 0x07],
  ["b", 0x08],
  ["f", 0x0c],
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09],
  ["v", 0x0b],
  ["\\", 0x5c],
]);

const HEX_ESCAPES: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

/** A character of a Go literal. */
interface GoCharacter {
  readonly value: number;
  /** Whether the value is a byte, from an escape of one, rather than a character. */
  readonly isByte: boolean;
  /** Where the rest begins. */
  readonly end: number;
}

/**
 * Reads a Go string in backquotes, or in double or single quotes, with its quotes (`strconv.Unquote`). A quote may be escaped
 * only inside quotes of its own kind.
 *
 * @returns undefined where Go says "invalid syntax"
 */
export function unquoteGo(quoted: string): string | undefined {
  const quote = quoted.charAt(0);
  const body = quoted.slice(1, -1);
  if (quote === "`") {
    return body.replaceAll("\r", "");
  }
  const text = withoutEscapedBytes(body);
  if (!text.includes("\\")) {
    return text;
  }
  const bytes: number[] = [];
  for (let i = 0; i < text.length;) {
    const character = readCharacter(text, i, quote);
    if (character === undefined) {
      return undefined;
    }
    bytes.push(...(character.isByte ? [character.value] : toBytes(String.fromCodePoint(character.value))));
    i = character.end;
  }
  return fromBytes(bytes);
}

/**
 * Reads a Go character constant, with its quotes.
 *
 * @returns the code point or byte, or the words of the error.
 */
export function unquoteGoCharacter(quoted: string): number | string {
  const text = withoutEscapedBytes(quoted);
  const character = readCharacter(text, 1, "'");
  if (character === undefined) {
    return "invalid syntax";
  }
  return text.slice(character.end) === "'" ? character.value : `malformed character constant: ${quoted}`;
}

/** Reads one character or escape, as Go's `strconv.UnquoteChar`. */
function readCharacter(text: string, start: number, quote: string): GoCharacter | undefined {
  const value = text.codePointAt(start);
  if (value === undefined || text.charAt(start) === quote) {
    return undefined;
  }
  if (value !== 0x5c) {
    return { value, isByte: false, end: start + (value > 0xffff ? 2 : 1) };
  }
  return readGoEscape(text, start + 1, quote);
}

/**
 * Reads an escape of a Go string or character literal, as Go's `strconv.UnquoteChar`.
 *
 * @param start - offset of the letter after the backslash
 * @param quote - the kind of quote that may be escaped
 * @returns undefined where Go says "invalid syntax"
 */
function readGoEscape(text: string, start: number, quote: string): GoCharacter | undefined {
  const letter = text.charAt(start);
  const simple = letter === quote ? letter.charCodeAt(0) : SIMPLE_ESCAPES.get(letter);
  if (simple !== undefined) {
    return { value: simple, isByte: false, end: start + 1 };
  }
  const hexLength = HEX_ESCAPES.get(letter);
  if (hexLength !== undefined) {
    const value = digits(text, start + 1, hexLength, 16);
    return value === undefined || (letter !== "x" && !isValidRune(value))
      ? undefined
      : { value, isByte: letter === "x", end: start + 1 + hexLength };
  }
  const byte = digits(text, start, 3, 8);
  return byte === undefined || byte > 0xff ? undefined : { value: byte, isByte: true, end: start + 3 };
}

/** Returns the value of exactly `length` digits, undefined when one of them is not a digit of that base. */
function digits(text: string, start: number, length: number, base: 8 | 16): number | undefined {
  let value = 0;
  for (let i = start; i < start + length; i++) {
    const digit = i < text.length ? "0123456789abcdef".indexOf(text.charAt(i).toLowerCase()) : -1;
    if (digit < 0 || digit >= base) {
      return undefined;
    }
    value = value * base + digit;
  }
  return value;
}

function isValidRune(point: number): boolean {
  return point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}
