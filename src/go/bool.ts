import { goQuote } from "./quote.ts";

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "TRUE", "true", "True"].map((word) => [word, true] as const),
  ...["0", "f", "F", "FALSE", "false", "False"].map((word) => [word, false] as const),
]);

/** Reads a boolean as Go's `strconv.ParseBool`; undefined for what it refuses. */
export function readGoBool(text: string): boolean | undefined {
  return WORDS.get(text);
}

/** Returns what `strconv.ParseBool` says of a text that it refuses. */
export function goBoolError(text: string): string {
  return `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`;
}
