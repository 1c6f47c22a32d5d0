/**
 * Numbers as Go writes them in source: `0x_1f`, `0b101`, `1_000`, `017`, `.5e3`, `0x1p-2` (`strconv.ParseInt` and `ParseUint`
 * with base 0, `strconv.ParseFloat`).
 */

const MAX_UINT64 = 2n ** 64n - 1n;
const MAX_INT64 = 2n ** 63n - 1n;

interface Base {
  readonly digits: RegExp;
  readonly prefix: string;
  /** The most digits that fit in 64 bits. */
  readonly longest: number;
}

const DECIMAL: Base = { digits: /^[0-9]+$/, prefix: "", longest: 20 };
const OCTAL: Base = { digits: /^[0-7]+$/, prefix: "0o", longest: 22 };
const BASES: ReadonlyMap<string, Base> = new Map([
  ["0b", { digits: /^[01]+$/, prefix: "0b", longest: 64 }],
  ["0o", OCTAL],
  ["0x", { digits: /^[0-9a-f]+$/, prefix: "0x", longest: 16 }],
]);

/** Parses an unsigned integer of 64 bits; undefined for an invalid or too large one. */
export function parseUint64(text: string): bigint | undefined {
  const lower = text.toLowerCase();
  if (lower.includes("_") && !underscoresSeparateDigits(lower)) {
    return undefined;
  }
  const plain = lower.replaceAll("_", "");
  const prefix = lower.length > 2 ? lower.slice(0, 2) : "";
  const named = BASES.get(prefix);
  const base = named ?? (plain.startsWith("0") && plain.length > 1 ? OCTAL : DECIMAL);
  const digits = plain.slice(named !== undefined ? 2 : 0);
  if (!base.digits.test(digits)) {
    return undefined;
  }
  const significant = withoutLeadingZeros(digits);
  if (significant.length > base.longest) {
    return undefined;
  }
  const value = BigInt(base.prefix + significant);
  return value <= MAX_UINT64 ? value : undefined;
}

/** Parses a signed integer of 64 bits; undefined for an invalid or too large one. */
export function parseInt64(text: string): bigint | undefined {
  const negative = text.startsWith("-");
  const size = parseUint64(negative || text.startsWith("+") ? text.slice(1) : text);
  if (size === undefined || size > (negative ? MAX_INT64 + 1n : MAX_INT64)) {
    return undefined;
  }
  return negative ? -size : size;
}

const DECIMAL_FLOAT = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?$/;
const HEX_FLOAT = /^([+-]?)0x([0-9a-f]*)(?:\.([0-9a-f]*))?p([+-]?[0-9]+)$/;

/** Parses a float64; undefined for an invalid or too large one. */
export function parseFloat64(text: string): number | undefined {
  const lower = text.toLowerCase();
  if (lower.includes("_") && !underscoresSeparateDigits(lower)) {
    return undefined;
  }
  const plain = lower.replaceAll("_", "");
  const value = DECIMAL_FLOAT.test(plain) ? Number(plain) : parseHexFloat(plain);
  return value === undefined || !Number.isFinite(value) ? undefined : value;
}

function parseHexFloat(text: string): number | undefined {
  const [, sign, whole = "", fraction = "", exponent = ""] = HEX_FLOAT.exec(text) ?? [];
  if (sign === undefined || whole + fraction === "") {
    return undefined;
  }
  const mantissa = withoutLeadingZeros(whole + fraction);
  // Digits beyond 32 only decide on which side of a tie the number is.
  const kept = mantissa.slice(0, 32);
  const dropped = mantissa.slice(32);
  const sticky = /[^0]/.test(dropped) ? 1n : 0n;
  const power =
    Math.max(-100_000, Math.min(100_000, Number(exponent))) - 4 * fraction.length + 4 * dropped.length;
  const value = scaled((BigInt(`0x${kept}`) << 1n) | sticky, power - 1);
  return sign === "-" ? -value : value;
}

/** Returns `mantissa × 2^power`, rounded once to the nearest float64, ties to even. */
function scaled(mantissa: bigint, power: number): number {
  if (mantissa === 0n) {
    return 0;
  }
  const bits = mantissa.toString(2).length;
  const precision = Math.min(53, bits + power + 1074);
  if (precision < 0) {
    return 0;
  }
  const shift = bits - precision;
  if (shift <= 0) {
    return times2(Number(mantissa), power);
  }
  const half = 1n << BigInt(shift - 1);
  const rest = mantissa & ((half << 1n) - 1n);
  const floor = mantissa >> BigInt(shift);
  const up = rest > half || (rest === half && (floor & 1n) === 1n);
  return times2(Number(up ? floor + 1n : floor), power + shift);
}

/** Returns `value × 2^power`, in steps that cannot lose a bit of the result. */
function times2(value: number, power: number): number {
  let result = value;
  let left = power;
  while (left > 1000 && Number.isFinite(result)) {
    result *= 2 ** 1000;
    left -= 1000;
  }
  while (left < -1000 && result !== 0) {
    result *= 2 ** -1000;
    left += 1000;
  }
  return result * 2 ** left;
}

function withoutLeadingZeros(digits: string): string {
  let first = 0;
  while (first < digits.length - 1 && digits.charAt(first) === "0") {
    first++;
  }
  return digits.slice(first);
}

/**
 * Implements Go's `underscoreOK`, of a string in lower case: `_` is between digits, or between a base prefix and a
 * digit.
 */
function underscoresSeparateDigits(text: string): boolean {
  const unsigned = text.startsWith("-") || text.startsWith("+") ? text.slice(1) : text;
  const hasPrefix = BASES.has(unsigned.slice(0, 2));
  const digits = unsigned.startsWith("0x") ? "0123456789abcdef" : "0123456789";
  let before = hasPrefix ? "digit" : "start";
  for (let i = hasPrefix ? 2 : 0; i < unsigned.length; i++) {
    const character = unsigned.charAt(i);
    if (digits.includes(character)) {
      before = "digit";
    } else if (character === "_") {
      if (before !== "digit") {
        return false;
      }
      before = "underscore";
    } else if (before === "underscore") {
      return false;
    } else {
      before = "other";
    }
  }
  return before !== "underscore";
}
