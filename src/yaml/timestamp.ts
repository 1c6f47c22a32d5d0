const DATE = String.raw`(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})`;
const TIME = String.raw`(?<hour>\d{1,2}):(?<minute>\d{1,2}):(?<second>\d{1,2})(?:[.,]\d+)?`;
const ZONE = String.raw`(?:Z|[-+](?<zoneHour>\d{2}):(?<zoneMinute>\d{2}))`;
const TIMESTAMP = new RegExp(`^${DATE}(?:[Tt]${TIME}${ZONE}| +${TIME.replaceAll("?<", "?<spaced_")})?$`);

/**
 * Reports whether go-yaml v2 reads a string as a timestamp (`parseTimestamp`, that is Go's `time.Parse` with four
 * layouts). It matters only to scalars with the tag `!!timestamp`: others stay strings.
 */
export function isTimestamp(text: string): boolean {
  const groups = TIMESTAMP.exec(text)?.groups;
  if (groups === undefined) return false;
  const part = (name: string): number => Number(groups[name] ?? groups[`spaced_${name}`] ?? 0);
  return (
    part("month") >= 1 &&
    part("month") <= 12 &&
    part("day") >= 1 &&
    part("day") <= daysIn(part("year"), part("month")) &&
    part("hour") < 24 &&
    part("minute") < 60 &&
    part("second") < 60 &&
    part("zoneHour") <= 24 &&
    part("zoneMinute") <= 60
  );
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
