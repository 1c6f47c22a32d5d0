import { InvalidArgumentError } from "commander";
import { goQuote } from "../codec/go-quote.ts";

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "TRUE", "true", "True"].map((word) => [word, true] as const),
  ...["0", "f", "F", "FALSE", "false", "False"].map((word) => [word, false] as const),
]);

/** Reads a boolean as Go's `strconv.ParseBool`. @throws InvalidArgumentError in Go's words */
export function parseGoBool(text: string): boolean {
  const value = WORDS.get(text);
  if (value === undefined) {
    throw new InvalidArgumentError(`strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`);
  }
  return value;
}

/** Reads a decimal integer as Go's `strconv.ParseInt`, for verbosity levels. @throws InvalidArgumentError in Go's words */
export function parseGoInt(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) {
    throw new InvalidArgumentError(`strconv.ParseInt: parsing ${goQuote(text)}: invalid syntax`);
  }
  return Number(text);
}
