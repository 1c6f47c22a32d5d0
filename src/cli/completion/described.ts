import { plain } from "../plain.ts";
import type { Candidate } from "./completer.ts";

/** The widest that names stand one under the other. */
const WIDEST_NAME = 40;

/**
 * Candidates as they are listed: each with its description, in two columns.
 *
 * @param columns - how wide the terminal is
 */
export function describedLines(
  candidates: readonly Candidate[],
  shown: (candidate: Candidate) => string,
  columns: number,
): readonly string[] {
  const names = candidates.map(shown);
  const width = Math.min(
    WIDEST_NAME,
    names.reduce((widest, { length }) => Math.max(widest, length), 0),
  );
  return candidates.map(({ description }, at) => {
    const name = names[at] ?? "";
    const room = columns - Math.max(width, name.length) - 5;
    return description === "" || room < 10
      ? name
      : `${name.padEnd(width)}  (${shorten(plain(description), room)})`;
  });
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`;
}
