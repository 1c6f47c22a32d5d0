import type { GoComplex } from "../template-value.ts";
import type { Flags } from "./flags.ts";
import { floatDigits, type FloatVerb } from "./float-digits.ts";
import { pad, padWithSpaces } from "./pad.ts";

/** The format of each verb, and its default precision. */
const VERBS: ReadonlyMap<string, readonly [verb: FloatVerb, precision: number | undefined]> = new Map([
  ["v", ["g", undefined]],
  ["b", ["b", undefined]],
  ["g", ["g", undefined]],
  ["G", ["G", undefined]],
  ["x", ["x", undefined]],
  ["X", ["X", undefined]],
  ["f", ["f", 6]],
  ["F", ["f", 6]],
  ["e", ["e", 6]],
  ["E", ["E", 6]],
]);

/** Formats a float64; undefined for a verb of another kind. */
export function formatFloat(value: number, verb: string, flags: Flags): string | undefined {
  const known = VERBS.get(verb);
  if (known === undefined) {
    return undefined;
  }
  const [letter, usual] = known;
  const negative = value < 0 || Object.is(value, -0);
  const sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  if (!Number.isFinite(value)) {
    const name = Number.isNaN(value) ? "NaN" : "Inf";
    return padWithSpaces(`${sign === "" && name === "Inf" ? "+" : sign}${name}`, flags);
  }
  const precision = flags.precision ?? usual;
  const plain = floatDigits(Math.abs(value), letter, precision);
  const digits = flags.sharp && letter !== "b" ? withPoint(plain, letter, precision) : plain;
  // Zeros go between the sign and the number.
  const { width } = flags;
  return sign !== "" && flags.zero && !flags.minus && width !== undefined
    ? sign + digits.padStart(width - 1, "0")
    : pad(sign + digits, flags);
}

/** Formats a complex128 as `(1+2i)`; undefined for a verb of another kind. */
export function formatComplex(
  { real, imaginary }: GoComplex,
  verb: string,
  flags: Flags,
): string | undefined {
  const realText = formatFloat(real, verb, flags);
  const imaginaryText = formatFloat(imaginary, verb, { ...flags, plus: true });
  return realText === undefined || imaginaryText === undefined ? undefined : `(${realText}${imaginaryText}i)`;
}

/** Adds what `#` keeps: the decimal point, and for `%#g` the zeros behind it. */
function withPoint(plain: string, letter: FloatVerb, precision: number | undefined): string {
  const tailAt = letter === "x" || letter === "X" ? plain.search(/[pP]/) : plain.search(/[eE]/);
  const tail = tailAt < 0 ? "" : plain.slice(tailAt);
  const number = tailAt < 0 ? plain : plain.slice(0, tailAt);
  let digits = letter === "g" || letter === "G" || letter === "x" ? (precision ?? 6) : 0;
  let sawNonzero = false;
  for (const character of number) {
    sawNonzero ||= character !== "0" && character !== ".";
    if (sawNonzero && character !== ".") {
      digits--;
    }
  }
  const hasPoint = number.includes(".");
  if (!hasPoint && number === "0") {
    digits--;
  }
  return `${number}${hasPoint ? "" : "."}${"0".repeat(Math.max(digits, 0))}${tail}`;
}
