import type { JsonValue } from "../../api/json-value.ts";
import { isMergeKey } from "../resolve-node.ts";
import { applyChange } from "./change.ts";
import type { FieldChanges } from "./change.ts";
import type { Editing } from "./editing-state.ts";
import { emitInline } from "./emit-block.ts";
import { emitFlow } from "./emit-flow.ts";
import { flowStyle } from "./flow-style.ts";
import { endOf } from "./node-end.ts";
import { keyText, mergedField } from "./node-lookup.ts";
import { quotedAsBefore } from "./put-value.ts";
import { Refusal } from "./refusal.ts";
import { membersOf } from "./spans.ts";
import type { Member, Slot } from "./spans.ts";
import { valueOf } from "./value-of.ts";

/** The edits among the fields of a mapping. */
export interface FieldEdits {
  readonly members: readonly Member[];
  /** The key of each member; undefined for a merge, and for a key that JSON cannot have. */
  readonly names: readonly (string | undefined)[];
  /** Indexes of removed members. */
  readonly gone: ReadonlySet<number>;
  readonly added: readonly (readonly [string, JsonValue])[];
  /** As in {@link FieldChanges}. */
  readonly after: string | undefined;
}

/**
 * Changes the values of the mapping's own fields, and finds the removed and the new ones. A field that a merge provides
 * is overridden at the end, where it wins.
 */
export function editFieldValues(editing: Editing, slot: Slot, { fields, after }: FieldChanges): FieldEdits {
  const { tree } = editing;
  const members = membersOf(tree, slot);
  const names = members.map(({ key }) => (isMergeKey(tree, key) ? undefined : keyText(tree, key)));
  const gone = new Set<number>();
  const added: [string, JsonValue][] = [];
  for (const [name, change] of fields) {
    const source = findSource(editing, members, names, name);
    const { own, merged } = source;
    if (change.kind === "rename") {
      const member = members[own.at(-1) ?? -1];
      if (member !== undefined) renameKey(editing, member, change.to);
      continue;
    }
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
  return { members, names, gone, added, after };
}

function renameKey(editing: Editing, { key, slot }: Member, name: string): void {
  const { tree, text, patches } = editing;
  const start = tree.offset(key);
  const inFlow = (): string => emitFlow(name, flowStyle(editing, name));
  const written =
    quotedAsBefore(text, start, name) ?? (slot.inFlow ? inFlow() : emitInline(name, 0, 0, true));
  patches.replace(start, endOf(tree, key, start, slot.column), written);
  editing.drop(key, tree.after(key));
}

/** Where a field comes from. */
interface FieldSource {
  /** The index of the member that provides it: its own or a merge; -1 if none does. */
  readonly last: number;
  /** The indexes of all members with its name. */
  readonly own: readonly number[];
  /** The node that the last merge with this field provides. */
  readonly merged: number | undefined;
}

function findSource(
  { tree }: Editing,
  members: readonly Member[],
  names: readonly (string | undefined)[],
  name: string,
): FieldSource {
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
