import { parseFloat64, parseInt64, parseUint64 } from "./go-number.ts";
import { goQuote } from "../../go/quote.ts";
import type { TokenKind } from "./template-token.ts";
import { unquoteGoCharacter } from "../../go/unquote.ts";
import { GoComplex, GoInt, type Concrete } from "./template-value.ts";

/**
 * The value of a number in a template.
 *
 * `{ overflows }`: valid until it is used, since only an unsigned integer could hold it.
 */
export type NumberConstant = { readonly value: Concrete } | { readonly overflows: true };

const HAS_POINT_OR_EXPONENT = /[.eEpP]/;

/**
 * Parses a number as text/template does (`newNumber` and `idealConstant`): an int; a float64 if it has a point or an
 * exponent; a complex128 if it ends in `i`.
 *
 * @returns the words of the error for an invalid number.
 */
export function readNumber(text: string, kind: TokenKind): NumberConstant | string {
  if (kind === "charConstant") {
    const rune = unquoteGoCharacter(text);
    return typeof rune === "string" ? rune : { value: GoInt.int(BigInt(rune)) };
  }
  if (kind === "complex") {
    return readComplex(text);
  }
  const imaginary = text.endsWith("i") ? parseFloat64(text.slice(0, -1)) : undefined;
  if (imaginary !== undefined) {
    return { value: new GoComplex(0, imaginary) };
  }
  const integer = parseInt64(text);
  if (integer !== undefined) {
    return { value: GoInt.int(integer) };
  }
  if (parseUint64(text) !== undefined) {
    return { overflows: true };
  }
  const float = parseFloat64(text);
  if (float === undefined) {
    return `illegal number syntax: ${goQuote(text)}`;
  }
  return HAS_POINT_OR_EXPONENT.test(text) ? { value: float } : `integer overflow: ${goQuote(text)}`;
}

/** Parses `1+2i`, which Go reads with `fmt.Sscan`; a malformed one has lost its `i` or a sign on the way. */
function readComplex(text: string): NumberConstant | string {
  const [, realText = "", imaginaryText = ""] = COMPLEX.exec(text) ?? [];
  if (imaginaryText === "") {
    return "syntax error scanning complex number";
  }
  const real = parseFloat64(realText);
  const imaginary = parseFloat64(imaginaryText);
  if (real === undefined || imaginary === undefined) {
    const wrong = real === undefined ? realText : imaginaryText;
    return `strconv.ParseFloat: parsing ${goQuote(wrong)}: invalid syntax`;
  }
  return { value: new GoComplex(real, imaginary) };
}

const COMPLEX = /^([+-]?[^+-]*(?:[eEpP][+-][^+-]*)?)([+-][^+-]+(?:[eEpP][+-][^+-]*)?)i$/;
