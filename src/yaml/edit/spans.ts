import { COLON, DASH } from "../chars.ts";
import type { NodeTree } from "../node-tree.ts";
import { endOf, isFlow, skipCommas } from "./node-end.ts";
import { Refusal } from "./refusal.ts";
import { columnOf, skipGap } from "./text-lines.ts";

/** The place of a value, present or not. */
export interface Slot {
  readonly node: number;
  /** Where the `:` or `-` before it ends; in `[]`, where it starts. */
  readonly after: number;
  /** Where it starts, its anchor and tag included; `after` if nothing is written. */
  readonly start: number;
  readonly end: number;
  /** The column of the innermost block collection that holds it; -1 outside of any. */
  readonly column: number;
  /** Whether it is inside `[]` or `{}`. */
  readonly inFlow: boolean;
  readonly holder: "mapping" | "sequence" | "document";
}

/** An entry of a mapping. */
export interface Member {
  readonly key: number;
  /** Where it starts: at its `?`, its anchor, its tag or its key. */
  readonly start: number;
  readonly end: number;
  /** Whether it has a `:`. */
  readonly hasColon: boolean;
  readonly slot: Slot;
}

/** An item of a list. */
export interface Item {
  /** Where it starts: at its `-`, or in `[]` at its value. */
  readonly start: number;
  readonly end: number;
  readonly slot: Slot;
}

/** Returns the slot of the value of the whole document. */
export function rootSlot(tree: NodeTree): Slot {
  const start = tree.offset(0);
  const end = endOf(tree, 0, start, -1);
  return { node: 0, after: start, start, end, column: -1, inFlow: false, holder: "document" };
}

/** Returns the column of a collection's content: its own if it is a block. */
export function innerColumn(tree: NodeTree, { node, column, inFlow }: Slot): number {
  return inFlow || isFlow(tree, node) ? column : columnOf(tree.text, tree.offset(node));
}

/** Returns the entries of the mapping in a slot, in the order of the text. */
export function membersOf(tree: NodeTree, slot: Slot): readonly Member[] {
  const { text } = tree;
  const mapping = slot.node;
  const flow = isFlow(tree, mapping);
  const inFlow = flow || slot.inFlow;
  const column = innerColumn(tree, slot);
  const members: Member[] = [];
  const end = tree.extent(mapping);
  let at = tree.offset(mapping) + (flow ? 1 : 0);
  for (let key = tree.firstChild(mapping); key < end;) {
    const node = tree.after(key);
    const start = flow ? skipCommas(text, at) : skipGap(text, at);
    const keyEnd = endOf(tree, key, start, column);
    const colon = skipGap(text, keyEnd);
    const hasColon = text.charCodeAt(colon) === COLON;
    const value = slotAfter(tree, hasColon ? colon + 1 : keyEnd, { node, column, inFlow, holder: "mapping" });
    members.push({ key, start, end: value.end, hasColon, slot: value });
    at = value.end;
    key = tree.after(node);
  }
  return members;
}

/** Returns the items of the list in a slot, in the order of the text. */
export function itemsOf(tree: NodeTree, slot: Slot): readonly Item[] {
  const { text } = tree;
  const sequence = slot.node;
  const inFlow = isFlow(tree, sequence);
  const column = innerColumn(tree, slot);
  const items: Item[] = [];
  const end = tree.extent(sequence);
  let at = tree.offset(sequence) + (inFlow ? 1 : 0);
  for (let node = tree.firstChild(sequence); node < end; node = tree.after(node)) {
    const start = inFlow ? skipCommas(text, at) : skipGap(text, at);
    if (!inFlow && text.charCodeAt(start) !== DASH) throw new Refusal("an item without its dash");
    const value = slotAfter(tree, inFlow ? start : start + 1, { node, column, inFlow, holder: "sequence" });
    items.push({ start, end: value.end, slot: value });
    at = value.end;
  }
  return items;
}

function slotAfter(
  tree: NodeTree,
  after: number,
  place: Pick<Slot, "node" | "column" | "inFlow" | "holder">,
): Slot {
  const end = endOf(tree, place.node, after, place.column);
  const start = end === after ? after : skipGap(tree.text, after);
  return { ...place, after, start, end };
}
