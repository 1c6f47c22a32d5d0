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

const NANOSECONDS_PER_MILLISECOND = 1_000_000n;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/** Writes a duration, given in milliseconds, as Go's `Duration.String` does: `1m30s`, `300ms`, `1.5s`, `0s`. */
export function formatGoDuration(milliseconds: number): string {
  const whole = Math.trunc(milliseconds);
  const fraction = BigInt(Math.round((milliseconds - whole) * 1e6));
  const signed = BigInt(whole) * NANOSECONDS_PER_MILLISECOND + fraction;
  const sign = signed < 0n ? "-" : "";
  const total = signed < 0n ? -signed : signed;
  if (total === 0n) {
    return "0s";
  }
  if (total < NANOSECONDS_PER_SECOND) {
    const [unit, digits] =
      total < 1000n ? ["ns", 0] : total < NANOSECONDS_PER_MILLISECOND ? ["µs", 3] : ["ms", 6];
    return `${sign}${decimal(total, digits)}${unit}`;
  }
  const minutes = total / NANOSECONDS_PER_SECOND / 60n;
  const seconds = `${decimal(total - minutes * 60n * NANOSECONDS_PER_SECOND, 9)}s`;
  const hours = minutes / 60n;
  return `${sign}${hours > 0n ? `${hours}h` : ""}${minutes > 0n ? `${minutes % 60n}m` : ""}${seconds}`;
}

/** Formats a number with its last digits after a point, without trailing zeros. */
function decimal(value: bigint, digits: number): string {
  const text = `${value}`.padStart(digits + 1, "0");
  const behind = text.slice(text.length - digits).replace(/0+$/, "");
  const before = text.slice(0, text.length - digits);
  return digits === 0 || behind === "" ? before : `${before}.${behind}`;
}
