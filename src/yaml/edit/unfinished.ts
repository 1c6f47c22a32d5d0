import { MAPPING, SEQUENCE } from "../node-tree.ts";
import type { Editing } from "./editing-state.ts";
import { isUnfinished } from "./block-scalar-end.ts";
import { Refusal } from "./refusal.ts";
import type { Slot } from "./spans.ts";

/**
 * Refuses to insert lines after a value that ends with the text, in the middle of a block scalar's last line: the line
 * break would become part of that scalar.
 */
export function refuseUnfinished({ tree, text }: Pick<Editing, "tree" | "text">, slot: Slot): void {
  if (slot.end < text.trimEnd().length) return;
  let leaf = slot.node;
  while (tree.kind(leaf) === MAPPING || tree.kind(leaf) === SEQUENCE) {
    const end = tree.extent(leaf);
    let last = tree.firstChild(leaf);
    if (last >= end) return;
    for (let next = tree.after(last); next < end; next = tree.after(last)) last = next;
    leaf = last;
  }
  if (tree.isScalar(leaf) && isUnfinished(text, tree.offset(leaf), slot.end)) {
    throw new Refusal("a block scalar that ends with the text");
  }
}
