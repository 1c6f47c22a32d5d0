import { MAPPING, SEQUENCE } from "../node-tree.ts";
import type { NodeTree } from "../node-tree.ts";
import type { FieldChanges } from "./change.ts";
import { editFieldValues } from "./edit-field-values.ts";
import type { Editing } from "./editing-state.ts";
import { emitFields } from "./emit-block.ts";
import { emptyOut } from "./empty-out.ts";
import { isFlow } from "./node-end.ts";
import { placeFields } from "./place-fields.ts";
import { Refusal } from "./refusal.ts";
import { removeEntries } from "./remove-entries.ts";
import { innerColumn } from "./spans.ts";
import type { Member, Slot } from "./spans.ts";
import type { Style } from "./style.ts";
import { columnOf, extendOverComments, hasBreak, lineEnd } from "./text-lines.ts";
import { refuseUnfinished } from "./unfinished.ts";

/** Changes fields of a block mapping. @throws Refusal where that cannot be done in place */
export function editBlockFields(editing: Editing, slot: Slot, change: FieldChanges): void {
  const { tree, patches } = editing;
  const column = innerColumn(tree, slot);
  const edits = editFieldValues(editing, slot, change);
  const { members, gone, added } = edits;
  if (gone.size === members.length) {
    if (added.length > 0) throw new Refusal("nothing stays");
    emptyOut(editing, slot, members, column);
    return;
  }
  removeEntries(editing, members, gone, column);
  const pad = " ".repeat(column);
  const near = { ...editing.style, ...stepsAmong(tree, members, column) };
  for (const [anchor, fields] of placeFields(editing, edits)) {
    if (anchor === -1) {
      const at = members[0]?.start ?? slot.start;
      patches.replace(at, at, `${emitFields(fields, column, near)}\n${pad}`);
      continue;
    }
    const member = members[anchor];
    if (member === undefined) continue;
    refuseUnfinished(editing, member.slot);
    const at = extendOverComments(editing.text, lineEnd(editing.text, member.end), column);
    const style = { ...near, noBlocks: at === editing.text.length };
    patches.insertLines(at, pad + emitFields(fields, column, style), 2 * column);
  }
}

/**
 * Returns how much further to the right lists and mappings are than their keys, judging by the fields of one mapping.
 */
function stepsAmong(tree: NodeTree, members: readonly Member[], column: number): Partial<Style> {
  const steps: { step?: number; listStep?: number } = {};
  for (const { start, slot } of members) {
    const kind = tree.kind(slot.node);
    const offset = tree.offset(slot.node);
    if ((kind !== MAPPING && kind !== SEQUENCE) || isFlow(tree, slot.node)) continue;
    if (!hasBreak(tree.text, start, offset)) continue;
    steps[kind === MAPPING ? "step" : "listStep"] = columnOf(tree.text, offset) - column;
  }
  return steps;
}
