import { COMMA, HASH, isBreak } from "../chars.ts";
import type { Editing } from "./editing-state.ts";
import type { Patches } from "./patches.ts";
import { Refusal } from "./refusal.ts";
import type { Entry } from "./remove-entries.ts";
import {
  afterBreak,
  extendOverCommentsAbove,
  hasComment,
  isFirstOnLine,
  lineEnd,
  lineStart,
  skipBlanks,
  skipGap,
} from "./text-lines.ts";

/**
 * Removes entries of a collection in `[]` or `{}`, but never all of them. An entry on lines of its own takes with it
 * the comment behind it and the comment lines right above it that start in its column.
 *
 * @param keepsComma - whether entries after removed ones at the end need the comma before those
 */
export function removeFlowEntries(
  { text, patches }: Editing,
  entries: readonly Entry[],
  gone: ReadonlySet<number>,
  keepsComma: boolean,
): void {
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (entry === undefined || !gone.has(i)) continue;
    let next = i;
    while (gone.has(next)) next++;
    const before = entries[i - 1];
    const after = entries[next];
    const last = entries[next - 1] ?? entry;
    const run = entries.slice(i, next);
    i = next - 1;
    if (run.every((one) => hasOwnLines(text, one))) {
      for (const one of run) removeLinesOf(text, patches, one);
      if (after === undefined && !keepsComma && !endsWithComma(text, last))
        removeCommaAfter(text, patches, before);
      continue;
    }
    if (after === undefined && keepsComma) throw new Refusal("a comma that is needed");
    const from = after === undefined ? (before?.end ?? entry.start) : entry.start;
    const to = after === undefined ? last.end : after.start;
    if (hasCommentOutside(text, run, from, to)) {
      removeApart(text, patches, run, before, after);
    } else {
      patches.replace(from, to, "");
    }
  }
}

function endsWithComma(text: string, { end }: Entry): boolean {
  return text.charCodeAt(skipGap(text, end)) === COMMA;
}

function hasOwnLines(text: string, { start, end }: Entry): boolean {
  if (!isFirstOnLine(text, start)) return false;
  const comma = skipBlanks(text, end);
  const rest = text.charCodeAt(comma) === COMMA ? skipBlanks(text, comma + 1) : comma;
  return text.charCodeAt(rest) === HASH || (rest < text.length && isBreak(text.charCodeAt(rest)));
}

function removeLinesOf(text: string, patches: Patches, { start, end }: Entry): void {
  const first = lineStart(text, start);
  const from = extendOverCommentsAbove(text, first, start - first);
  patches.removeLines(from, afterBreak(text, lineEnd(text, end)));
}

function removeCommaAfter(text: string, patches: Patches, entry: Entry | undefined): void {
  if (entry === undefined) return;
  const comma = skipGap(text, entry.end);
  patches.replace(comma, comma + 1, "");
}

function hasCommentOutside(text: string, entries: readonly Entry[], from: number, to: number): boolean {
  let at = from;
  for (const { start, end } of entries) {
    if (hasComment(text, at, start)) return true;
    at = end;
  }
  return hasComment(text, at, to);
}

/** Removes entries and their commas, and leaves the comments between them. */
function removeApart(
  text: string,
  patches: Patches,
  entries: readonly Entry[],
  before: Entry | undefined,
  after: Entry | undefined,
): void {
  if (after === undefined) removeCommaAfter(text, patches, before);
  for (const [i, { start, end }] of entries.entries()) {
    patches.replace(start, end, "");
    const comma = skipGap(text, end);
    const isLast = i === entries.length - 1;
    if (text.charCodeAt(comma) === COMMA && !(isLast && after === undefined)) {
      patches.replace(comma, comma + 1, "");
    }
  }
}
