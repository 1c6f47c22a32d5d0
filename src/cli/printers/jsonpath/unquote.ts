import { fromBytes, toBytes } from "./byte-text.ts";

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

/** A byte that is not UTF-8 becomes U+FFFD in a string with escapes; in one without, it stays as it is. */
const ESCAPED_BYTES = /[\udc80-\udcff]/gu;

interface Escape {
  readonly bytes: readonly number[];
  readonly end: number;
}

/**
 * Reads a string in single or double quotes with the escapes of a Go string literal. A quote may be escaped only
 * inside quotes of its own kind.
 *
 * @returns undefined where Go says "invalid syntax".
 */
export function unquote(quoted: string): string | undefined {
  const quote = quoted.charAt(0);
  const body = quoted.slice(1, -1);
  if (!body.includes("\\")) {
    return body;
  }
  const bytes: number[] = [];
  for (let i = 0; i < body.length;) {
    const character = body.charAt(i);
    if (character === quote) {
      return undefined;
    }
    if (character === "\\") {
      const escape = readEscape(body, i + 1, quote);
      if (escape === undefined) {
        return undefined;
      }
      bytes.push(...escape.bytes);
      i = escape.end;
    } else {
      const plain = plainRun(body, i, quote);
      for (const byte of toBytes(plain.replaceAll(ESCAPED_BYTES, "\ufffd"))) {
        bytes.push(byte);
      }
      i += plain.length;
    }
  }
  return fromBytes(bytes);
}

function plainRun(body: string, start: number, quote: string): string {
  let end = start;
  while (end < body.length && body.charAt(end) !== quote && body.charAt(end) !== "\\") {
    end++;
  }
  return body.slice(start, end);
}

/** Reads the escape whose letter stands at `start`. */
function readEscape(body: string, start: number, quote: string): Escape | undefined {
  const letter = body.charAt(start);
  const simple = SIMPLE_ESCAPES.get(letter);
  if (simple !== undefined) {
    return { bytes: [simple], end: start + 1 };
  }
  if (letter === quote) {
    return { bytes: [letter.charCodeAt(0)], end: start + 1 };
  }
  const hexLength = HEX_ESCAPES.get(letter);
  if (hexLength !== undefined) {
    const value = digits(body, start + 1, hexLength, 16);
    const bytes = value === undefined ? undefined : letter === "x" ? [value] : encodeRune(value);
    return bytes === undefined ? undefined : { bytes, end: start + 1 + hexLength };
  }
  const value = digits(body, start, 3, 8);
  return value === undefined || value > 0xff ? undefined : { bytes: [value], end: start + 3 };
}

/** The value of exactly `length` digits, undefined when one of them is not a digit of that base. */
function digits(body: string, start: number, length: number, base: 8 | 16): number | undefined {
  let value = 0;
  for (let i = start; i < start + length; i++) {
    const digit = "0123456789abcdef".indexOf(body.charAt(i).toLowerCase());
    if (digit < 0 || digit >= base || i >= body.length) {
      return undefined;
    }
    value = value * base + digit;
  }
  return value;
}

function encodeRune(codePoint: number): number[] | undefined {
  const valid = codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
  return valid ? toBytes(String.fromCodePoint(codePoint)) : undefined;
}
