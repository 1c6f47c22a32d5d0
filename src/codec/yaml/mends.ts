import { AT, BACKTICK, GREATER, PERCENT, PIPE, TAB } from "./chars.ts";

/** What to do about a character that cannot start any token; undefined for one that can. */
export function badStart(code: number): string | undefined {
  switch (code) {
    case TAB:
      return "indent with spaces instead of tabs";
    case AT:
    case BACKTICK:
    case PERCENT:
    case PIPE:
    case GREATER:
      return `quote a value that starts with \`${code === BACKTICK ? "(backtick)" : String.fromCharCode(code)}\``;
    default:
      return undefined;
  }
}
