const TIME =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]+))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;

/**
 * Reads a time as Go's `time.Parse(time.RFC3339, …)`, which is laxer than RFC 3339: it accepts an hour of one digit, a
 * comma before the fraction of a second, and offsets of up to 24 hours and 60 minutes. Undefined for anything else,
 * leap seconds included.
 *
 * @returns milliseconds since 1970; finer parts are cut off
 */
export function parseRfc3339(text: string): number | undefined {
  const match = TIME.exec(text);
  if (match === null) {
    return undefined;
  }
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const [offsetHours = 0, offsetMinutes = 0] = [match[9], match[10]].map((digits) => Number(digits ?? 0));
  if (
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > daysIn(year, month) ||
    hour > 23 ||
    minute > 59 ||
    second > 59 ||
    offsetHours > 24 ||
    offsetMinutes > 60
  ) {
    return undefined;
  }
  const milliseconds = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const offset = (offsetHours * 60 + offsetMinutes) * (match[8] === "-" ? -1 : 1);
  return startOf(year, month, day) + ((hour * 60 + minute - offset) * 60 + second) * 1000 + milliseconds;
}

/** Go's zero time, which means "no time" (`Time.IsZero`). */
export const ZERO_TIME = startOf(1, 1, 1);

/** Returns the beginning of a day in UTC. `Date.UTC` moves the years before 100 to the last century. */
function startOf(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function daysIn(year: number, month: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 ? (isLeapYear ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
