/** Milliseconds per unit; `us` may also be written with a micro sign or a Greek mu. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ["ns", 1e-6],
  ["us", 1e-3],
  ["\u00B5s", 1e-3],
  ["\u03BCs", 1e-3],
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
]);

/** Go counts nanoseconds in 64 bits. */
const MAX_MILLISECONDS = 2 ** 63 / 1e6;

/**
 * Reads a duration as Go's `time.ParseDuration` does: `1h2m3.5s`, `-10ms`, `0`.
 *
 * @returns milliseconds; undefined for what Go refuses
 */
export function parseGoDuration(text: string): number | undefined {
  const { sign, rest } = /^(?<sign>[+-]?)(?<rest>.*)$/s.exec(text)?.groups ?? {};
  if (rest === "0") {
    return 0;
  }
  let milliseconds = 0;
  let end = 0;
  for (const part of (rest ?? "").matchAll(/(\d+\.?\d*|\.\d+)([^\d.]+)/gy)) {
    const unit = UNITS.get(part[2] ?? "");
    if (unit === undefined) {
      return undefined;
    }
    milliseconds += Number(part[1]) * unit;
    end = part.index + part[0].length;
  }
  if (end === 0 || end !== rest?.length || milliseconds >= MAX_MILLISECONDS) {
    return undefined;
  }
  return sign === "-" && milliseconds !== 0 ? -milliseconds : milliseconds;
}
