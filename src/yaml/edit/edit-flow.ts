import type { FieldChanges, ItemChanges } from "./change.ts";
import { editItemValues, placeItems } from "./edit-block-items.ts";
import { editFieldValues } from "./edit-field-values.ts";
import type { Editing } from "./editing-state.ts";
import { emitFlow, emitFlowField, sortFields } from "./emit-flow.ts";
import { editFlowEntries } from "./flow-entries.ts";
import { flowStyle, indentAt, isOnOneLine } from "./flow-style.ts";
import { placeFields } from "./place-fields.ts";
import type { Entry } from "./remove-entries.ts";
import { itemsOf } from "./spans.ts";
import type { Slot } from "./spans.ts";
import { isFirstOnLine } from "./text-lines.ts";

/** Changes fields of a mapping in `{}`. @throws Refusal where that cannot be done in place */
export function editFlowFields(editing: Editing, slot: Slot, change: FieldChanges): void {
  const edits = editFieldValues(editing, slot, change);
  const { members, gone } = edits;
  const parts = new Map<number, readonly string[]>();
  for (const [place, fields] of placeFields(editing, edits)) {
    const indent = innerIndent(editing, slot, members);
    const oneLine = isOnOneLine(editing.text, members);
    const sorted = sortFields(fields, flowStyle(editing, null));
    parts.set(
      place,
      sorted.map((field) => emitFlowField(field, flowStyle(editing, field[1], oneLine), indent)),
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
    const oneLine = isOnOneLine(editing.text, items);
    parts.set(
      place,
      values.map((value) => emitFlow(value, flowStyle(editing, value, oneLine), indent)),
    );
  }
  editFlowEntries(editing, slot, items, gone, parts);
}

function innerIndent({ text, style }: Editing, slot: Slot, entries: readonly Entry[]): string {
  const first = entries[0];
  return first !== undefined && isFirstOnLine(text, first.start)
    ? indentAt(text, first.start)
    : indentAt(text, slot.start) + style.jsonStep;
}
