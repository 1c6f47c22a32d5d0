import { isGoPrintable } from "../../../go/unicode.ts";
import { goQuoteRune } from "../../../go/quote.ts";
import type { GoInt } from "../template-value.ts";
import type { Flags } from "./flags.ts";
import { pad, padWithSpaces } from "./pad.ts";

const BASES: ReadonlyMap<string, number> = new Map([
  ["b", 2],
  ["d", 10],
  ["o", 8],
  ["O", 8],
  ["v", 10],
  ["x", 16],
  ["X", 16],
]);

const MAX_RUNE = 0x10ffffn;
const REPLACEMENT = 0xfffd;

/** Formats an integer; undefined for a verb of another kind. */
export function formatInteger({ type, value }: GoInt, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case "c":
      return pad(String.fromCodePoint(runeOf(value)), flags);
    case "q":
      return pad(goQuoteRune(runeOf(value), flags.plus), flags);
    case "U":
      return formatUnicode(value, flags);
    default:
  }
  if (verb === "v" && flags.goSyntax && type === "uint8") {
    return formatDigits(value, 16, verb, { ...flags, sharp: true });
  }
  const base = BASES.get(verb);
  return base === undefined ? undefined : formatDigits(value, base, verb, flags);
}

/** Returns a code point; U+FFFD for an invalid one. */
function runeOf(value: bigint): number {
  const isRune = value >= 0n && value <= MAX_RUNE && !(value >= 0xd800n && value <= 0xdfffn);
  return isRune ? Number(value) : REPLACEMENT;
}

function formatDigits(value: bigint, base: number, verb: string, flags: Flags): string {
  const { precision, width, minus, plus, space, zero, sharp } = flags;
  if (precision === 0 && value === 0n) {
    return padWithSpaces("", flags);
  }
  const negative = value < 0n;
  const sign = negative ? "-" : plus ? "+" : space ? " " : "";
  const padsWithZeros = precision === undefined && zero && !minus && width !== undefined;
  const length = precision ?? (padsWithZeros ? width - sign.length : 0);
  const digits = (negative ? -value : value).toString(base).padStart(length, "0");
  const number = sign + prefixOf(base, verb, sharp, digits) + digits;
  return padWithSpaces(verb === "X" ? number.toUpperCase() : number, flags);
}

function prefixOf(base: number, verb: string, sharp: boolean, digits: string): string {
  const leading = verb === "O" ? "0o" : "";
  if (!sharp) {
    return leading;
  }
  switch (base) {
    case 2:
      return "0b";
    case 8:
      return leading + (digits.startsWith("0") ? "" : "0");
    case 16:
      return "0x";
    default:
      return "";
  }
}

/** Formats as `U+0078`, and with `#` also the character. */
function formatUnicode(value: bigint, flags: Flags): string {
  const unsigned = BigInt.asUintN(64, value);
  const digits = unsigned
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), "0");
  const shows = flags.sharp && unsigned <= MAX_RUNE && isGoPrintable(Number(unsigned));
  return padWithSpaces(`U+${digits}${shows ? ` '${String.fromCodePoint(Number(unsigned))}'` : ""}`, flags);
}
