import { AT, BACKTICK, GREATER, PERCENT, PIPE, TAB } from "./chars.ts";

export const USE_SPACES = "indent with spaces instead of tabs";
export const CHECK_INDENTATION = "check the indentation of this line";
export const QUOTE_KEY = "quote the key";

/**
 * Returns a hint to quote a value.
 *
 * @param start - what the value starts with, as it is to be shown
 */
export function quoteStart(start: string): string {
  return `quote a value that starts with ${start}`;
}

/** Returns a hint for a character that cannot start any token; undefined for one that can. */
export function badStart(code: number): string | undefined {
  switch (code) {
    case TAB:
      return USE_SPACES;
    case AT:
    case BACKTICK:
    case PERCENT:
    case PIPE:
    case GREATER:
      return quoteStart(code === BACKTICK ? "a backtick" : `\`${String.fromCharCode(code)}\``);
    default:
      return undefined;
  }
}
