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

/** A number with its last digits behind a point, without zeros at the end. */
function decimal(value: bigint, digits: number): string {
  const text = `${value}`.padStart(digits + 1, "0");
  const behind = text.slice(text.length - digits).replace(/0+$/, "");
  const before = text.slice(0, text.length - digits);
  return digits === 0 || behind === "" ? before : `${before}.${behind}`;
}
