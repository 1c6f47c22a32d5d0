import type { DerReader } from "./der.ts";
import { TAG } from "./der.ts";
import { X509Error } from "./x509-error.ts";

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/;

/**
 * Reads a time, in milliseconds since 1970.
 *
 * @throws X509Error
 */
export function readTime(reader: DerReader): number {
  const tag = reader.peek();
  if (tag !== TAG.utcTime && tag !== TAG.generalizedTime) {
    throw new X509Error("x509: unsupported time format");
  }
  const text = Buffer.from(reader.content(tag) ?? []).toString("latin1");
  const fields = (tag === TAG.utcTime ? UTC_TIME : GENERALIZED_TIME).exec(text);
  const time = fields === null ? undefined : timeOf(fields, tag === TAG.utcTime);
  if (time === undefined) {
    throw new X509Error(`x509: malformed ${tag === TAG.utcTime ? "UTCTime" : "GeneralizedTime"}`);
  }
  return time;
}

function timeOf(fields: RegExpExecArray, isShort: boolean): number | undefined {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields
    .slice(1, 7)
    .map((field: string | undefined) => Number(field ?? 0));
  const fullYear = isShort ? year + (year < 50 ? 2000 : 1900) : year;
  const date = new Date(Date.UTC(2000, month - 1, day, hour, minute, second));
  date.setUTCFullYear(fullYear, month - 1, day);
  const isDate =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
  const zone = offset(fields[7] ?? "Z");
  return isDate && zone !== undefined ? date.getTime() - zone : undefined;
}

/** Reads a zone as milliseconds before UTC; undefined for an invalid one. */
function offset(zone: string): number | undefined {
  if (zone === "Z") {
    return 0;
  }
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3))];
  const total = (hours * 60 + minutes) * 60_000;
  return total === 0 || hours > 24 || minutes > 59 ? undefined : zone.startsWith("-") ? -total : total;
}
