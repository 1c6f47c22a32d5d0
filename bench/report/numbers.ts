import type { Format } from "../kubeconfig.ts";
import type { Spread } from "../statistics.ts";

/** Replaces a number that was not measured. */
export const UNKNOWN = "?";

/** Formats a number with two or three significant digits. */
export function short(value: number): string {
  if (!Number.isFinite(value)) {
    return UNKNOWN;
  }
  const size = Math.abs(value);
  if (size >= 100) {
    return Math.round(value).toLocaleString("en");
  }
  return value.toFixed(size >= 10 ? 0 : size >= 1 ? 1 : size >= 0.01 ? 2 : 3);
}

/** Formats a ratio, to the second decimal however large. */
export function ratioText(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2) : UNKNOWN;
}

/** Formats a difference with its sign. */
export function signed(value: number, unit: string): string {
  return Number.isFinite(value) ? `${value < 0 ? "−" : "+"} ${short(Math.abs(value))} ${unit}` : UNKNOWN;
}

/** Formats a median with its quartiles. */
export function spreadText(
  { median, low, high }: Spread,
  text: (value: number) => string,
  unit = "",
): string {
  return Number.isFinite(median) ? `${text(median)}${unit} (${text(low)} to ${text(high)})` : UNKNOWN;
}

export function countText(value: number): string {
  return value.toLocaleString("en");
}

export function formatText(format: Format): string {
  return format === "yaml" ? "YAML" : "JSON";
}
