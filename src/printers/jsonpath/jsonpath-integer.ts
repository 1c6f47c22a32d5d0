const MAX_INT64 = 2n ** 63n - 1n;
const MIN_INT64 = -(2n ** 63n);

/**
 * Implements Go's `strconv.Atoi` on a 64-bit machine: ASCII digits with an optional sign.
 *
 * @returns undefined for a string that is no integer or does not fit in 64 bits.
 */
export function parseGoInt(text: string): bigint | undefined {
  const negative = text.startsWith("-");
  const digits = negative || text.startsWith("+") ? text.slice(1) : text;
  if (!isAsciiDigits(digits)) {
    return undefined;
  }
  let first = 0;
  while (first < digits.length - 1 && digits.charAt(first) === "0") {
    first++;
  }
  // No number of 20 digits fits, and BigInt() takes quadratic time on long ones.
  if (digits.length - first > 19) {
    return undefined;
  }
  const size = BigInt(digits.slice(first));
  const value = negative ? -size : size;
  return value >= MIN_INT64 && value <= MAX_INT64 ? value : undefined;
}

/**
 * Implements Go's `strconv.ParseFloat` for what a template can contain: digits with an optional sign and one point.
 *
 * @returns undefined for a string that is no number or is too large for a float64.
 */
export function parseGoFloat(text: string): number | undefined {
  const unsigned = text.startsWith("-") || text.startsWith("+") ? text.slice(1) : text;
  const [whole = "", fraction = "", ...more] = unsigned.split(".");
  if (more.length > 0 || !isAsciiDigits(whole + fraction)) {
    return undefined;
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Adds integers with the overflow of a 64-bit machine. */
export function addInt64(a: bigint, b: bigint): bigint {
  return BigInt.asIntN(64, a + b);
}

/** Reports whether the string is one ASCII digit or more. */
export function isAsciiDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x30 || c > 0x39) {
      return false;
    }
  }
  return text.length > 0;
}
