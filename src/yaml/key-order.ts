import { isGoDigit, isGoLetter } from "../go/unicode.ts";

/**
 * Orders two mapping keys as go-yaml v2 writes them (its `keyList.Less`).
 *
 * At the first difference: a letter comes after anything else, two letters go by code point, and runs of digits go by
 * their value, then by their length. Otherwise the code point decides. A key that is a prefix of the other comes first.
 */
export function compareYamlKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) {
      return x < 0x80 && y < 0x80 && isGoLetter(x) && isGoLetter(y)
        ? x - y
        : compareCodePoints(codePoints(a), codePoints(b));
    }
  }
  return a.length - b.length;
}

function compareCodePoints(a: readonly number[], b: readonly number[]): number {
  let at = 0;
  while (a[at] === b[at]) {
    at++;
  }
  const x = a[at] ?? 0;
  const y = b[at] ?? 0;
  const xLetter = isGoLetter(x);
  const yLetter = isGoLetter(y);
  if (xLetter || yLetter) {
    return xLetter && yLetter ? x - y : xLetter ? 1 : -1;
  }
  // A zero inside a longer number is no leading zero: a 1 in front of both keeps "100" after "12".
  const start = (x === ZERO || y === ZERO) && continuesNumber(a, at) ? 1n : 0n;
  const xEnd = endOfDigits(a, at);
  const yEnd = endOfDigits(b, at);
  const xNumber = digitsValue(a, at, xEnd, start);
  const yNumber = digitsValue(b, at, yEnd, start);
  if (xNumber !== yNumber) {
    return xNumber < yNumber ? -1 : 1;
  }
  return xEnd === yEnd ? x - y : xEnd - yEnd;
}

const ZERO = 0x30;

/** Reports whether the digits just before `at`, which both keys share, hold one that is not zero. */
function continuesNumber(key: readonly number[], at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    const digit = key[i] ?? 0;
    if (!isGoDigit(digit)) {
      return false;
    }
    if (digit !== ZERO) {
      return true;
    }
  }
  return false;
}

function endOfDigits(key: readonly number[], start: number): number {
  let end = start;
  while (end < key.length && isGoDigit(key[end] ?? 0)) {
    end++;
  }
  return end;
}

/**
 * Returns the run's value as Go counts it: an int64 that wraps around, and other scripts' digits by their distance from
 * `0`.
 */
function digitsValue(key: readonly number[], start: number, end: number, before: bigint): bigint {
  let value = before;
  for (let i = start; i < end; i++) {
    value = BigInt.asIntN(64, value * 10n + BigInt((key[i] ?? 0) - ZERO));
  }
  return value;
}

/** Splits a string as Go's `[]rune(s)`: invalid parts count as U+FFFD. */
function codePoints(text: string): number[] {
  return Array.from(text, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
  });
}
