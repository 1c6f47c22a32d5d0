import type { Editing } from "./editing-state.ts";
import { propertiesEnd } from "./node-end.ts";
import { putValue } from "./put-value.ts";
import { Refusal } from "./refusal.ts";
import type { Entry } from "./remove-entries.ts";
import type { Slot } from "./spans.ts";
import {
  afterBreak,
  extendOverComments,
  extendOverCommentsAbove,
  hasBreak,
  isBlankBetween,
  lineEnd,
  lineStart,
} from "./text-lines.ts";
import { SEQUENCE } from "../node-tree.ts";

/**
 * Removes all entries of a block collection, as `removeEntries` removes some: `[]` or `{}` replaces them, or `lines` if
 * there are any. Comments that are apart from the entries stay.
 */
export function emptyOut(
  editing: Editing,
  slot: Slot,
  entries: readonly Entry[],
  column: number,
  lines?: string,
): void {
  const { tree, text, patches } = editing;
  const isList = tree.kind(slot.node) === SEQUENCE;
  const head = slot.start < tree.offset(slot.node) ? propertiesEnd(text, slot.start) : slot.after;
  if (slot.holder !== "mapping" || !hasBreak(text, head, tree.offset(slot.node))) {
    if (lines !== undefined) throw new Refusal("nothing stays");
    putValue(editing, slot, isList ? [] : new Map());
    return;
  }
  for (const { start, end } of entries) {
    const first = lineStart(text, start);
    if (!isBlankBetween(text, first, start)) throw new Refusal("an entry that shares its first line");
    const from = extendOverCommentsAbove(text, first, column);
    patches.removeLines(from, afterBreak(text, extendOverComments(text, lineEnd(text, end), column)));
  }
  if (lines === undefined) {
    patches.replace(head, head, isList ? " []" : " {}");
  } else {
    patches.insertLines(lineEnd(text, head), lines, 2 * column + 1);
  }
}
