import { formatGoFloat } from "../go-float.ts";
import { fitsInt64 } from "./resolve.ts";
import type { Scalar } from "./resolve.ts";

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

/** The number with the fewest digits that stands for the same float32: sigs.k8s.io/yaml formats keys as such. */
function shortestFloat32(value: number): number {
  const single = Math.fround(value);
  if (single === 0 || !Number.isFinite(single)) return single;
  for (let digits = 1; digits <= 9; digits++) {
    const candidate = Number(single.toPrecision(digits));
    if (Math.fround(candidate) === single) return candidate;
  }
  return single;
}
