import { COMMA, HASH } from "../chars.ts";
import type { Editing } from "./editing-state.ts";
import { flowStyle, indentAt, isWithinLine } from "./flow-style.ts";
import { putValue } from "./put-value.ts";
import { Refusal } from "./refusal.ts";
import type { Entry } from "./remove-entries.ts";
import { removeFlowEntries } from "./remove-flow-entries.ts";
import type { Slot } from "./spans.ts";
import { hasBreak, hasComment, isFirstOnLine, lineEnd, skipBlanks, skipGap } from "./text-lines.ts";

/**
 * Removes entries of a collection in `[]` or `{}`, and inserts others.
 *
 * @param parts - the new ones, by the index of the entry that they follow; -1 for none
 * @throws Refusal where that cannot be done in place
 */
export function editFlowEntries(
  editing: Editing,
  slot: Slot,
  entries: readonly Entry[],
  gone: ReadonlySet<number>,
  parts: ReadonlyMap<number, readonly string[]>,
): void {
  if (entries.length === 0) {
    fillEmpty(editing, slot, [...parts.values()].flat());
    return;
  }
  if (gone.size === entries.length) {
    if (parts.size > 0) {
      replaceAll(editing, entries, [...parts.values()].flat());
      return;
    }
    if (hasComment(editing.text, entries.at(-1)?.end ?? 0, slot.end)) throw new Refusal("a comment inside");
    const isList = editing.text.charCodeAt(slot.end - 1) === 0x5d;
    putValue(editing, slot, isList ? [] : new Map());
    return;
  }
  const lastKept = entries.findLastIndex((_, i) => !gone.has(i));
  for (const [place, added] of parts) {
    addFlowEntries(editing, entries, added, place, place < lastKept);
  }
  removeFlowEntries(editing, entries, gone, parts.has(lastKept));
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
    style.isJson && style.jsonStep !== "" && !isWithinLine(text, slot)
      ? `\n${inner}${added.join(`,\n${inner}`)}\n${outer}`
      : added.join(`,${flowStyle({ style }, null).commaGap}`),
  );
}

/** Replaces all entries: the new ones take the place of the first. */
function replaceAll(editing: Editing, entries: readonly Entry[], added: readonly string[]): void {
  const first = entries[0];
  if (first === undefined) return;
  const { between } = layoutOf(editing, entries, first);
  editing.patches.replace(first.start, first.end, added.join(between));
  removeFlowEntries(editing, entries, new Set([...entries.keys()].slice(1)), false);
}

/** Returns how entries are separated. */
function layoutOf(
  { text, style }: Editing,
  entries: readonly Entry[],
  first: Entry,
): { readonly gap: string; readonly ownLines: boolean; readonly indent: string; readonly between: string } {
  const gap = gapBetween(text, entries) ?? flowStyle({ style }, null).commaGap;
  const ownLines = isFirstOnLine(text, first.start);
  const indent = indentAt(text, first.start);
  return { gap, ownLines, indent, between: ownLines ? `,\n${indent}` : `,${gap}` };
}

function addFlowEntries(
  editing: Editing,
  entries: readonly Entry[],
  added: readonly string[],
  place: number,
  follows: boolean,
): void {
  const { text, patches } = editing;
  const first = entries[0];
  if (first === undefined) return;
  const { gap, ownLines, indent, between } = layoutOf(editing, entries, first);
  const joined = added.join(between);
  const entry = entries[place];
  if (entry === undefined) {
    patches.replace(first.start, first.start, joined + between);
    return;
  }
  const comma = skipGap(text, entry.end);
  const hasComma = text.charCodeAt(comma) === COMMA;
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

/** Returns the white space between a comma and the next entry, if they are on one line. */
function gapBetween(text: string, entries: readonly Entry[]): string | undefined {
  const [one, two] = entries;
  if (one === undefined || two === undefined) return undefined;
  const comma = skipGap(text, one.end);
  if (hasBreak(text, comma, two.start)) return undefined;
  return text.slice(comma + 1, two.start);
}
