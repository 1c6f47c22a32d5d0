import { binaryOf, exactDecimal, roundDecimal, shortestDecimal, type Decimal } from "./decimal.ts";

export type FloatVerb = "b" | "e" | "E" | "f" | "g" | "G" | "x" | "X";

/** Digits beyond this are zeros, whatever the number. */
const MOST_DIGITS = 1200;

/**
 * Writes a finite number that is not negative, as Go's `strconv.FormatFloat`.
 *
 * @param precision - undefined for as few digits as the number needs
 */
export function floatDigits(value: number, verb: FloatVerb, precision: number | undefined): string {
  switch (verb) {
    case "b": {
      const { mantissa, exponent } = binaryOf(value);
      return `${mantissa}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
    }
    case "x":
      return hexadecimal(value, precision);
    case "X":
      return hexadecimal(value, precision).toUpperCase();
    case "e":
    case "E":
      return withExponent(decimalOf(value, (precision ?? 0) + 1, precision), precision, verb);
    case "f": {
      const decimal = precision === undefined ? shortestDecimal(value) : exactDecimal(value);
      return withoutExponent(
        precision === undefined ? decimal : roundDecimal(decimal, decimal.point + precision),
        precision ?? Math.max(decimal.digits.length - decimal.point, 0),
      );
    }
    default:
      return general(value, precision, verb === "g" ? "e" : "E");
  }
}

function decimalOf(value: number, digits: number, precision: number | undefined): Decimal {
  return precision === undefined ? shortestDecimal(value) : roundDecimal(exactDecimal(value), digits);
}

/** Formats as `%g`: with an exponent when it is less than -4, or not less than the precision. */
function general(value: number, precision: number | undefined, letter: "e" | "E"): string {
  const wanted = precision === 0 ? 1 : precision;
  const decimal = decimalOf(value, wanted ?? 0, precision);
  const { digits, point } = decimal;
  const count = digits.length;
  const most = wanted ?? count;
  const limit = wanted === undefined ? 6 : wanted > count && count >= point ? count : wanted;
  if (point - 1 < -4 || point - 1 >= limit) {
    return withExponent(decimal, Math.min(most, count) - 1, letter);
  }
  return withoutExponent(decimal, Math.max((most > point ? count : most) - point, 0));
}

function withExponent({ digits, point }: Decimal, precision: number | undefined, letter: "e" | "E"): string {
  const exponent = digits === "" ? 0 : point - 1;
  const fraction = digits.slice(1);
  const places = precision ?? fraction.length;
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `${digits.charAt(0) || "0"}${places > 0 ? `.${fraction.slice(0, places).padEnd(places, "0")}` : ""}${letter}${exponent < 0 ? "-" : "+"}${size}`;
}

function withoutExponent({ digits, point }: Decimal, places: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  if (places <= 0) {
    return whole;
  }
  const zeros = Math.min(Math.max(-point, 0), MOST_DIGITS);
  const fraction = "0".repeat(zeros) + digits.slice(Math.max(point, 0));
  return `${whole}.${fraction.slice(0, places).padEnd(places, "0")}`;
}

/** Formats as `0x1.8p+01`: a hexadecimal mantissa and a power of two. */
function hexadecimal(value: number, precision: number | undefined): string {
  const binary = binaryOf(value);
  let { mantissa } = binary;
  let exponent = mantissa === 0n ? 0 : binary.exponent + 52;
  mantissa <<= 8n;
  while (mantissa !== 0n && (mantissa & LEADING_BIT) === 0n) {
    mantissa <<= 1n;
    exponent--;
  }
  if (precision !== undefined && precision < 15) {
    const dropped = BigInt(60 - precision * 4);
    const rest = mantissa & ((1n << dropped) - 1n);
    const half = 1n << (dropped - 1n);
    mantissa >>= dropped;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) {
      mantissa++;
    }
    mantissa <<= dropped;
    if ((mantissa & (LEADING_BIT << 1n)) !== 0n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const fraction = (mantissa & (LEADING_BIT - 1n)).toString(16).padStart(15, "0");
  const places =
    precision === undefined ? trimZeros(fraction) : fraction.slice(0, precision).padEnd(precision, "0");
  const size = String(Math.abs(exponent)).padStart(2, "0");
  return `0x${mantissa >> 60n}${places === "" ? "" : `.${places}`}p${exponent < 0 ? "-" : "+"}${size}`;
}

const LEADING_BIT = 1n << 60n;

function trimZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charAt(end - 1) === "0") {
    end--;
  }
  return digits.slice(0, end);
}
