import { InvalidConfigurationError } from "../errors.ts";
import { parseGoDuration } from "../go/duration.ts";

/** The largest integer that Go's `strconv.ParseInt(…, 10, 64)` accepts. */
const MAX_INT64 = 2n ** 63n - 1n;

/** Go's `time.Duration` counts nanoseconds, and wraps around. */
const NANOSECONDS_PER_SECOND = 1_000_000_000n;

/**
 * Parses the value of `--request-timeout`: seconds, or a Go duration: `5`, `5s`, `1h2m3.5s`. client-go's
 * `ParseTimeout`.
 *
 * @returns milliseconds; negative for a negative duration, which client-go accepts too
 * @throws InvalidConfigurationError in client-go's words
 */
export function parseTimeout(text: string): number {
  const milliseconds = secondsOf(text) ?? parseGoDuration(text);
  if (milliseconds === undefined) {
    throw new InvalidConfigurationError([
      new Error(
        "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)",
      ),
    ]);
  }
  return milliseconds;
}

function secondsOf(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) {
    return undefined;
  }
  const seconds = BigInt(text.replace(/^\+/, ""));
  if (seconds < 0n || seconds > MAX_INT64) {
    return undefined;
  }
  return Number(BigInt.asIntN(64, seconds * NANOSECONDS_PER_SECOND)) / 1e6;
}
