import { formatGoFloat } from "../go/float.ts";

const INT64_MIN = -(1n << 63n);
const UINT64_MAX = (1n << 64n) - 1n;

/** Returns what go-yaml prints for the value that it read from this value's JSON text. */
export function plainText(value: null | boolean | number | bigint): string {
  if (typeof value === "number") {
    return numberText(value);
  }
  if (typeof value === "bigint" && (value < INT64_MIN || value > UINT64_MAX)) {
    const float = Number(value);
    return Number.isFinite(float) ? formatGoFloat(float, "yaml") : String(value);
  }
  return String(value);
}

/** Formats a number: a float whose JSON text has neither point nor exponent is read back as an integer, and -0 as 0. */
function numberText(value: number): string {
  if (Number.isSafeInteger(value)) {
    return String(value);
  }
  const text = formatGoFloat(value, "json");
  return /^-?[0-9]+$/.test(text) ? plainText(BigInt(text)) : formatGoFloat(value, "yaml");
}
