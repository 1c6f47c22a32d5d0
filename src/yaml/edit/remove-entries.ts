import type { Patches } from "./patches.ts";
import {
  afterBreak,
  extendOverComments,
  extendOverCommentsAbove,
  hasComment,
  isBlankBetween,
  lineEnd,
  lineStart,
} from "./text-lines.ts";

/** An entry of a block collection, or an item of one in `[]` or `{}`. */
export interface Entry {
  readonly start: number;
  readonly end: number;
}

/**
 * Removes entries of a block collection, but never all of them.
 *
 * An entry takes with it its lines with the comments behind them, the comment lines right above it that start in its
 * column and hold no item, and those right under it that are further to the right. Blank lines stay, and so do comments
 * that a blank line sets apart.
 *
 * @param column - where the entries of the collection start
 */
export function removeEntries(
  { text, patches }: { readonly text: string; readonly patches: Patches },
  entries: readonly Entry[],
  gone: ReadonlySet<number>,
  column: number,
): void {
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (entry === undefined || !gone.has(i)) continue;
    const start = lineStart(text, entry.start);
    if (isBlankBetween(text, start, entry.start)) {
      const first = extendOverCommentsAbove(text, start, column);
      patches.removeLines(
        first,
        afterBreak(text, extendOverComments(text, lineEnd(text, entry.end), column)),
      );
      continue;
    }
    // The first entry is on the line of a dash: the first one that stays takes its place.
    const next = entries.findIndex((_, at) => at > i && !gone.has(at));
    const heir = entries[next];
    const last = entries[next - 1];
    if (heir !== undefined && last !== undefined && !hasComment(text, last.end, heir.start)) {
      patches.replace(entry.start, heir.start, "");
      i = next - 1;
      continue;
    }
    let from = entry.start;
    while (text.charCodeAt(from - 1) === 0x20) from--;
    patches.replace(from, lineEnd(text, entry.end), "");
  }
}
