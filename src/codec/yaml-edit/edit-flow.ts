import { COMMA, HASH } from "../yaml/chars.ts";
import type { FieldChanges, ItemChanges } from "./change.ts";
import type { Editing } from "./editing.ts";
import { editFieldValues } from "./edit-field-values.ts";
import { editItemValues, placeItems } from "./edit-block-items.ts";
import { emitFlow, emitFlowField, sortFields } from "./emit-flow.ts";
import { flowStyleAt, indentAt } from "./flow-style.ts";
import { placeFields } from "./place-fields.ts";
import { putValue } from "./put-value.ts";
import { Refusal } from "./refusal.ts";
import type { Entry } from "./remove-entries.ts";
import { itemsOf } from "./spans.ts";
import type { Slot } from "./spans.ts";
import {
  hasBreak,
  hasComment,
  isBlankBetween,
  lineEnd,
  lineStart,
  skipBlanks,
  skipGap,
} from "./text-lines.ts";

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
  editEntries(editing, slot, members, gone, parts);
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
  editEntries(editing, slot, items, gone, parts);
}

function innerIndent({ text, style }: Editing, slot: Slot, entries: readonly Entry[]): string {
  const first = entries[0];
  return first !== undefined && startsLine(text, first)
    ? indentAt(text, first.start)
    : indentAt(text, slot.start) + style.jsonStep;
}

function startsLine(text: string, { start }: Entry): boolean {
  return isBlankBetween(text, lineStart(text, start), start);
}

function editEntries(
  editing: Editing,
  slot: Slot,
  entries: readonly Entry[],
  gone: ReadonlySet<number>,
  parts: ReadonlyMap<number, readonly string[]>,
): void {
  if (gone.size > 0 && parts.size > 0) throw new Refusal("both less and more");
  if (entries.length === 0) {
    fillEmpty(editing, slot, [...parts.values()].flat());
    return;
  }
  if (gone.size === entries.length) {
    if (hasComment(editing.text, entries.at(-1)?.end ?? 0, slot.end)) throw new Refusal("a comment inside");
    const isList = editing.text.charCodeAt(slot.end - 1) === 0x5d;
    putValue(editing, slot, isList ? [] : new Map());
    return;
  }
  removeFlowEntries(editing, entries, gone);
  for (const [place, added] of parts) {
    addFlowEntries(editing, entries, place, added);
  }
}

function fillEmpty({ tree, text, style, patches }: Editing, slot: Slot, added: readonly string[]): void {
  if (added.length === 0) return;
  const open = tree.offset(slot.node) + 1;
  const close = slot.end - 1;
  if (hasComment(text, open, close)) throw new Refusal("a comment in an empty collection");
  const outer = indentAt(text, slot.start);
  const inner = outer + style.jsonStep;
  patches.replace(
    open,
    close,
    style.isJson && style.jsonStep !== ""
      ? `\n${inner}${added.join(`,\n${inner}`)}\n${outer}`
      : added.join(`,${flowStyleAt({ style }, open, null).commaGap}`),
  );
}

function removeFlowEntries(
  { text, patches }: Editing,
  entries: readonly Entry[],
  gone: ReadonlySet<number>,
): void {
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    if (entry === undefined || !gone.has(i)) continue;
    let next = i;
    while (gone.has(next)) next++;
    const before = entries[i - 1];
    const after = entries[next];
    const last = entries[next - 1] ?? entry;
    const from = after === undefined ? (before?.end ?? entry.start) : entry.start;
    const to = after === undefined ? last.end : after.start;
    if (hasCommentOutside(text, entries.slice(i, next), from, to)) {
      removeApart(text, patches, entries.slice(i, next), before, after);
    } else {
      patches.replace(from, to, "");
    }
    i = next - 1;
  }
}

function hasCommentOutside(text: string, entries: readonly Entry[], from: number, to: number): boolean {
  let at = from;
  for (const { start, end } of entries) {
    if (hasComment(text, at, start)) return true;
    at = end;
  }
  return hasComment(text, at, to);
}

/** Takes out entries and their commas, and leaves the comments between them. */
function removeApart(
  text: string,
  patches: Editing["patches"],
  entries: readonly Entry[],
  before: Entry | undefined,
  after: Entry | undefined,
): void {
  if (before !== undefined && after === undefined) {
    const comma = skipGap(text, before.end);
    patches.replace(comma, comma + 1, "");
  }
  for (const [i, { start, end }] of entries.entries()) {
    patches.replace(start, end, "");
    const comma = skipGap(text, end);
    const isLast = i === entries.length - 1;
    if (text.charCodeAt(comma) === COMMA && !(isLast && after === undefined)) {
      patches.replace(comma, comma + 1, "");
    }
  }
}

function addFlowEntries(
  { text, style, patches }: Editing,
  entries: readonly Entry[],
  place: number,
  added: readonly string[],
): void {
  const first = entries[0];
  if (first === undefined) return;
  const gap = gapBetween(text, entries) ?? flowStyleAt({ style }, first.start, null).commaGap;
  const ownLines = startsLine(text, first);
  const indent = indentAt(text, first.start);
  const between = ownLines ? `,\n${indent}` : `,${gap}`;
  const joined = added.join(between);
  const entry = entries[place];
  if (entry === undefined) {
    patches.replace(first.start, first.start, joined + between);
    return;
  }
  const comma = skipGap(text, entry.end);
  const hasComma = text.charCodeAt(comma) === COMMA;
  const follows = place < entries.length - 1;
  const at = hasComma ? comma + 1 : entry.end;
  if (!hasComma) patches.replace(at, at, ",");
  const rest = skipBlanks(text, at);
  const end = lineEnd(text, at);
  if (ownLines && (rest >= end || text.charCodeAt(rest) === HASH)) {
    patches.insertLines(end, `${indent}${joined}${follows ? "," : ""}`, 0);
  } else {
    patches.replace(at, at, `${ownLines ? `\n${indent}` : gap}${joined}${follows ? "," : ""}`);
  }
}

/** What stands between a comma and the next entry, if they are on one line. */
function gapBetween(text: string, entries: readonly Entry[]): string | undefined {
  const [one, two] = entries;
  if (one === undefined || two === undefined) return undefined;
  const comma = skipGap(text, one.end);
  if (hasBreak(text, comma, two.start)) return undefined;
  return text.slice(comma + 1, two.start);
}
