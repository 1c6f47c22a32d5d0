import { formatGoFloat } from "../go/float.ts";
import { fitsInt64 } from "./resolve-scalar.ts";
import type { Scalar } from "./resolve-scalar.ts";

/** The JSON key that sigs.k8s.io/yaml makes of a YAML key, or why it makes none. */
export type Key = { readonly text: string } | { readonly text?: undefined; readonly reason: string };

export function keyOf(scalar: Scalar): Key {
  switch (scalar.kind) {
    case "string":
      return { text: scalar.value };
    case "bool":
      return { text: String(scalar.value) };
    case "int":
      return fitsInt64(scalar.value)
        ? { text: String(scalar.value) }
        : { reason: "unsupported map key of type: uint64" };
    case "float":
      return { text: formatGoFloat(shortestFloat32(scalar.value), "yaml") };
    case "null":
      return { reason: "unsupported map key of type: null" };
    default:
      return { reason: scalar.reason };
  }
}

/** Returns the number with the fewest digits for the same float32: sigs.k8s.io/yaml formats keys that way. */
function shortestFloat32(value: number): number {
  const single = Math.fround(value);
  if (single === 0 || !Number.isFinite(single)) return single;
  for (let digits = 1; digits < FLOAT32_DIGITS; digits++) {
    const [nearest, above] = roundings(Math.abs(single), digits);
    if (Math.fround(nearest) === Math.abs(single)) return Math.sign(single) * nearest;
    // Below a power of two float32s are closer together than above it, so this one may still be in reach.
    if (Math.fround(above) === Math.abs(single)) return Math.sign(single) * above;
  }
  return Number(single.toPrecision(FLOAT32_DIGITS));
}

/** Enough digits to distinguish any two float32s. */
const FLOAT32_DIGITS = 9;

/** Returns the nearest number with so many digits, ties going to an even last digit, and the next one above it. */
function roundings(value: number, digits: number): [nearest: number, above: number] {
  const [mantissa = "", exponent = ""] = value.toExponential(ALL_DIGITS).split("e");
  const all = mantissa.replace(".", "");
  const kept = Number(all.slice(0, digits));
  const rest = all.slice(digits);
  const isTie = /^50*$/.test(rest);
  const nearest = kept + (isTie ? kept % 2 : rest >= "5" ? 1 : 0);
  const scale = Number(exponent) - digits + 1;
  return [Number(`${nearest}e${scale}`), Number(`${nearest + 1}e${scale}`)];
}

const ALL_DIGITS = 100;
