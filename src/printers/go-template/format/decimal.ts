/** The digits of a number: `0.DIGITS × 10^point`. Zero has no digits. */
export interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** Returns the fewest digits that read back as the same number. The number must be finite and not negative. */
export function shortestDecimal(value: number): Decimal {
  if (value === 0) {
    return { digits: "", point: 0 };
  }
  const [mantissa = "", exponent = ""] = value.toExponential().split("e");
  return { digits: mantissa.replace(".", ""), point: Number(exponent) + 1 };
}

const view = new DataView(new ArrayBuffer(8));

/** Returns the mantissa and exponent of a finite number that is not negative: `mantissa × 2^exponent`. */
export function binaryOf(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const fraction = bits & ((1n << 52n) - 1n);
  const biased = Number((bits >> 52n) & 0x7ffn);
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** Returns all digits of a number, of which there may be hundreds. */
export function exactDecimal(value: number): Decimal {
  const { mantissa, exponent } = binaryOf(value);
  if (mantissa === 0n) {
    return { digits: "", point: 0 };
  }
  // m × 2^-k is m × 5^k × 10^-k.
  const whole = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent);
  const digits = whole.toString();
  return { digits: withoutTrailingZeros(digits), point: digits.length + Math.min(exponent, 0) };
}

/** Keeps that many digits, rounding to the nearest, ties to even. */
export function roundDecimal(decimal: Decimal, count: number): Decimal {
  const { digits, point } = decimal;
  if (count >= digits.length) {
    return decimal;
  }
  if (count < 0) {
    return { digits: "", point: 0 };
  }
  const kept = digits.slice(0, count);
  if (!roundsUp(digits, count)) {
    return { digits: withoutTrailingZeros(kept), point };
  }
  const raised = (BigInt(kept === "" ? "0" : kept) + 1n).toString();
  return {
    digits: withoutTrailingZeros(raised),
    point: point + raised.length - kept.length,
  };
}

function roundsUp(digits: string, count: number): boolean {
  const next = digits.charAt(count);
  if (next !== "5" || count + 1 < digits.length) {
    return next >= "5";
  }
  return count > 0 && Number(digits.charAt(count - 1)) % 2 === 1;
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charAt(end - 1) === "0") {
    end--;
  }
  return digits.slice(0, end);
}
