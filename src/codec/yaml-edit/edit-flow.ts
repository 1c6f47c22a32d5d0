import type { FieldChanges, ItemChanges } from "./change.ts";
import { editItemValues, placeItems } from "./edit-block-items.ts";
import { editFieldValues } from "./edit-field-values.ts";
import type { Editing } from "./editing.ts";
import { emitFlow, emitFlowField, sortFields } from "./emit-flow.ts";
import { editFlowEntries, startsLine } from "./flow-entries.ts";
import { flowStyleAt, indentAt } from "./flow-style.ts";
import { placeFields } from "./place-fields.ts";
import type { Entry } from "./remove-entries.ts";
import { itemsOf } from "./spans.ts";
import type { Slot } from "./spans.ts";

/** Changes fields of a mapping in `{}`. @throws Refusal where that cannot be done in place */
export function editFlowFields(editing: Editing, slot: Slot, change: FieldChanges): void {
  const edits = editFieldValues(editing, slot, change);
  const { members, gone } = edits;
  const parts = new Map<number, readonly string[]>();
  for (const [place, fields] of placeFields(editing, edits)) {
    const indent = innerIndent(editing, slot, members);
    const sorted = sortFields(fields, { ...flowStyleAt(editing, slot.start, null) });
    parts.set(
      place,
      sorted.map((field) => emitFlowField(field, flowStyleAt(editing, slot.start, field[1]), indent)),
    );
  }
  editFlowEntries(editing, slot, members, gone, parts);
}

/** Changes items of a list in `[]`. @throws Refusal where that cannot be done in place */
export function editFlowItems(editing: Editing, slot: Slot, change: ItemChanges): void {
  const items = itemsOf(editing.tree, slot);
  const gone = editItemValues(editing, items, change);
  const parts = new Map<number, readonly string[]>();
  for (const [place, values] of placeItems(change, gone)) {
    const indent = innerIndent(editing, slot, items);
    parts.set(
      place,
      values.map((value) => emitFlow(value, flowStyleAt(editing, slot.start, value), indent)),
    );
  }
  editFlowEntries(editing, slot, items, gone, parts);
}

function innerIndent({ text, style }: Editing, slot: Slot, entries: readonly Entry[]): string {
  const first = entries[0];
  return first !== undefined && startsLine(text, first)
    ? indentAt(text, first.start)
    : indentAt(text, slot.start) + style.jsonStep;
}
