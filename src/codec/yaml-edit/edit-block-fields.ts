import type { JsonValue } from "../../api/json-value.ts";
import { compareYamlKeys } from "../yaml/key-order.ts";
import { isMergeKey } from "../yaml/resolve-node.ts";
import { applyChange } from "./change.ts";
import type { FieldChanges } from "./change.ts";
import type { Editing } from "./editing.ts";
import { emitFields } from "./emit-block.ts";
import { emptyOut } from "./empty-out.ts";
import { keyText, mergedField } from "./lookup.ts";
import { Refusal } from "./refusal.ts";
import { removeEntries } from "./remove-entries.ts";
import { innerColumn, membersOf } from "./spans.ts";
import type { Member, Slot } from "./spans.ts";
import {
  commentColumn,
  extendOverComments,
  isBlankBetween,
  lineEnd,
  lineStart,
  previousLineEnd,
} from "./text-lines.ts";
import { refuseUnfinished } from "./unfinished.ts";
import { valueOf } from "./value-of.ts";

/** What changes among the fields of a mapping. */
export interface FieldEdits {
  readonly members: readonly Member[];
  /** The key of each of the members; undefined for a merge, and for what is no key in JSON. */
  readonly names: readonly (string | undefined)[];
  /** Indexes of members that go. */
  readonly gone: ReadonlySet<number>;
  readonly added: readonly (readonly [string, JsonValue])[];
}

/**
 * Changes the values of those fields that the mapping has itself, and finds out which go and which are new. A field that
 * a merge gives is overridden: at the end, where it counts whatever stands before it.
 */
export function editFieldValues(editing: Editing, slot: Slot, { fields }: FieldChanges): FieldEdits {
  const { tree } = editing;
  const members = membersOf(tree, slot);
  const names = members.map(({ key }) => (isMergeKey(tree, key) ? undefined : keyText(tree, key)));
  const gone = new Set<number>();
  const added: [string, JsonValue][] = [];
  for (const [name, change] of fields) {
    const source = findSource(editing, members, names, name);
    const { own, merged } = source;
    if (change.kind === "remove") {
      if (merged !== undefined) {
        own.forEach((i) => gone.add(i));
        added.push([name, null]);
      } else {
        own.forEach((i) => gone.add(i));
      }
      continue;
    }
    const member = members[source.last];
    if (member !== undefined && names[source.last] === name) {
      if (!member.hasColon) throw new Refusal("a key without a colon");
      editing.edit(member.slot, change);
    } else {
      own.forEach((i) => gone.add(i));
      added.push([name, applyChange(merged === undefined ? undefined : valueOf(tree, merged), change)]);
    }
  }
  for (const i of gone) {
    const member = members[i];
    if (member !== undefined) editing.drop(member.key, tree.after(member.slot.node));
  }
  return { members, names, gone, added };
}

/** Where a field comes from. */
interface Source {
  /** The index of the member that gives it: its own or a merge; -1 if none does. */
  readonly last: number;
  /** The indexes of all members with its name. */
  readonly own: readonly number[];
  /** The node that the last merge which has it gives. */
  readonly merged: number | undefined;
}

function findSource(
  { tree }: Editing,
  members: readonly Member[],
  names: readonly (string | undefined)[],
  name: string,
): Source {
  let last = -1;
  let merged: number | undefined;
  const own: number[] = [];
  for (const [i, member] of members.entries()) {
    if (names[i] === name) {
      own.push(i);
      last = i;
    } else if (isMergeKey(tree, member.key)) {
      const found = mergedField(tree, member.slot.node, name);
      if (found === undefined) continue;
      merged = found;
      last = i;
    }
  }
  return { last, own, merged };
}

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
  for (const [anchor, fields] of placeFields(editing, edits)) {
    if (anchor === -1) {
      const at = members[0]?.start ?? slot.start;
      patches.replace(at, at, `${emitFields(fields, column, editing.style)}\n${pad}`);
      continue;
    }
    const member = members[anchor];
    if (member === undefined) continue;
    refuseUnfinished(editing, member.slot);
    const at = extendOverComments(editing.text, lineEnd(editing.text, member.end), column);
    const style = { ...editing.style, noBlocks: at === editing.text.length };
    patches.insertLines(at, pad + emitFields(fields, column, style), 2 * column);
  }
}

/**
 * Finds the places for new fields, each the index of the member that it follows: where the keys stand in order, so do the
 * new ones, and else they come last. -1 is the place before the first member.
 */
export function placeFields(
  { text }: Editing,
  { members, names, gone, added }: FieldEdits,
): ReadonlyMap<number, readonly (readonly [string, JsonValue])[]> {
  const kept = names.flatMap((_, i) => (gone.has(i) ? [] : [i]));
  const last = kept.at(-1) ?? -1;
  const isSorted = names.every((name, i) => {
    const before = names[i - 1];
    return name !== undefined && (i === 0 || (before !== undefined && compareYamlKeys(before, name) < 0));
  });
  const places = new Map<number, (readonly [string, JsonValue])[]>();
  for (const field of added) {
    const [key] = field;
    let place = last;
    if (isSorted) {
      place = kept.findLast((i) => compareYamlKeys(names[i] ?? "", key) < 0) ?? -1;
      if (place === -1 && !canPrecede(text, members[0], gone)) place = last;
    }
    places.set(place, [...(places.get(place) ?? []), field]);
  }
  return places;
}

/** Before the first member there is room if it stays, and no comment above speaks of it. */
function canPrecede(text: string, first: Member | undefined, gone: ReadonlySet<number>): boolean {
  if (first === undefined || gone.has(0)) return false;
  const start = lineStart(text, first.start);
  if (!isBlankBetween(text, start, first.start)) return true;
  const above = previousLineEnd(text, start);
  return above < 0 || commentColumn(text, lineStart(text, above)) === -1;
}
