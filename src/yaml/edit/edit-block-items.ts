import type { JsonValue } from "../../api/json-value.ts";
import type { ItemChanges } from "./change.ts";
import type { Editing } from "./editing-state.ts";
import { ITEM, emitItems } from "./emit-block.ts";
import { emptyOut } from "./empty-out.ts";
import { removeEntries } from "./remove-entries.ts";
import { innerColumn, itemsOf } from "./spans.ts";
import type { Item, Slot } from "./spans.ts";
import {
  afterBreak,
  extendOverComments,
  extendOverCommentsAbove,
  hasBreak,
  isBlankBetween,
  lineEnd,
  lineStart,
} from "./text-lines.ts";
import { refuseUnfinished } from "./unfinished.ts";

/** Changes the items that stay, and finds the removed ones. */
export function editItemValues(
  editing: Editing,
  items: readonly Item[],
  change: ItemChanges,
): ReadonlySet<number> {
  const gone = new Set<number>();
  for (const [i, item] of items.entries()) {
    const wanted = change.items.get(i);
    if (wanted === undefined) continue;
    if (wanted.kind === "remove") {
      gone.add(i);
      editing.drop(item.slot.node, editing.tree.after(item.slot.node));
    } else {
      editing.edit(item.slot, wanted);
    }
  }
  return gone;
}

/** Places new items, by the index of the item that they follow, -1 for none; they follow no removed item. */
export function placeItems(
  { inserts }: ItemChanges,
  gone: ReadonlySet<number>,
): ReadonlyMap<number, readonly JsonValue[]> {
  const places = new Map<number, readonly JsonValue[]>();
  for (const index of [...inserts.keys()].toSorted((a, b) => a - b)) {
    let place = index - 1;
    while (gone.has(place)) place--;
    const values = inserts.get(index) ?? [];
    if (values.length > 0) places.set(place, [...(places.get(place) ?? []), ...values]);
  }
  return places;
}

/** Changes items of a block list. @throws Refusal where that cannot be done in place */
export function editBlockItems(editing: Editing, slot: Slot, change: ItemChanges): void {
  const { tree, text, patches } = editing;
  const column = innerColumn(tree, slot);
  const items = itemsOf(tree, slot);
  const gone = editItemValues(editing, items, change);
  const pad = " ".repeat(column);
  const extra = usualExtra(items, text);
  const places = placeItems(change, gone);
  if (gone.size === items.length) {
    const values = [...places.values()].flat();
    const lines = values.length === 0 ? undefined : pad + emitItems(values, column, editing.style, extra);
    emptyOut(editing, slot, items, column, lines);
    return;
  }
  removeEntries(editing, items, gone, column);
  for (const [place, values] of places) {
    const item = items[place];
    if (item === undefined) {
      insertFirst(editing, items, gone, column, emitItems(values, column, editing.style, extra));
      continue;
    }
    refuseUnfinished(editing, item.slot);
    const at = extendOverComments(text, lineEnd(text, item.end), column);
    const style = { ...editing.style, noBlocks: at === text.length };
    const apart = areApart(text, items) ? "\n" : "";
    const lines = values.map((value) => apart + pad + emitItems([value], column, style, extra));
    patches.insertLines(at, lines.join("\n"), 2 * column + 1);
  }
}

/** Inserts items before the first one that stays, and before the comments that belong to it. */
function insertFirst(
  { text, patches }: Editing,
  items: readonly Item[],
  gone: ReadonlySet<number>,
  column: number,
  emitted: string,
): void {
  const first = items.find((_, i) => !gone.has(i));
  if (first === undefined) return;
  const pad = " ".repeat(column);
  const start = lineStart(text, first.start);
  if (isBlankBetween(text, start, first.start)) {
    const at = extendOverCommentsAbove(text, start, column);
    patches.replace(at, at, `${pad}${emitted}\n`);
  } else {
    patches.replace(first.start, first.start, `${emitted}\n${pad}`);
  }
}

/** Returns the distance of values from their dashes, as in the last item. */
function usualExtra(items: readonly Item[], text: string): number {
  const last = items.at(-1);
  if (last === undefined || last.end === last.slot.after || hasBreak(text, last.start, last.slot.start))
    return ITEM;
  return last.slot.start - last.start;
}

/** Reports whether blank lines separate the items. */
function areApart(text: string, items: readonly Item[]): boolean {
  const [before, last] = items.slice(-2);
  if (before === undefined || last === undefined) return false;
  const next = afterBreak(text, lineEnd(text, before.end));
  return next < last.start && isBlankBetween(text, next, lineEnd(text, next));
}
