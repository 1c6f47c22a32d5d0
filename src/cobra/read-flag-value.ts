import { goBoolError, readGoBool } from "../go/bool.ts";
import { parseGoDuration } from "../go/duration.ts";
import { CsvError, readGoCsv } from "../go/csv.ts";
import { goQuote } from "../go/quote.ts";
import { InvalidArgument } from "./invalid-argument.ts";

/** Reads a boolean as Go's `strconv.ParseBool`. @throws InvalidArgument in Go's words */
export function parseGoBool(text: string): boolean {
  const value = readGoBool(text);
  if (value === undefined) {
    throw new InvalidArgument(goBoolError(text));
  }
  return value;
}

/** Reads a decimal integer of 32 bits as Go's `strconv.ParseInt`. @throws InvalidArgument in Go's words */
export function parseGoInt32(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) {
    throw new InvalidArgument(`strconv.ParseInt: parsing ${goQuote(text)}: invalid syntax`);
  }
  const value = Number(text);
  if (!isInt32(value)) {
    throw new InvalidArgument(`strconv.ParseInt: parsing ${goQuote(text)}: value out of range`);
  }
  return value;
}

/** Reads a list as pflag's `StringSlice`: a record of CSV. @throws InvalidArgument in Go's words */
export function parseGoCsv(text: string): readonly string[] {
  try {
    return readGoCsv(text);
  } catch (error) {
    throw error instanceof CsvError ? new InvalidArgument(error.message) : error;
  }
}

/** Checks a duration as pflag's duration flags of the logging library do. @throws InvalidArgument in its words */
export function checkGoDuration(text: string): string {
  if (parseGoDuration(text) === undefined) {
    throw new InvalidArgument("parse error");
  }
  return text;
}

/** Checks the `--vmodule` flag of the logging library. @throws InvalidArgument in its words */
export function checkVModule(text: string): string {
  for (const setting of text.split(",").filter((part) => part !== "")) {
    const level = /^[^=]+=(?<level>[+-]?\d+)$/.exec(setting)?.groups?.["level"];
    if (level === undefined || !isInt32(Number(level))) {
      throw new InvalidArgument("syntax error: expect comma-separated list of filename=N");
    }
    if (Number(level) < 0) {
      throw new InvalidArgument("negative value for vmodule level");
    }
  }
  return text;
}

function isInt32(value: number): boolean {
  return value >= -(2 ** 31) && value < 2 ** 31;
}

/** The profiles that kubectl can write, apart from `none`. */
export const PROFILES: ReadonlySet<string> = new Set([
  "cpu",
  "heap",
  "goroutine",
  "threadcreate",
  "block",
  "mutex",
  "trace",
]);
