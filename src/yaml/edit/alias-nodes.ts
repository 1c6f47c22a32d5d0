import { ALIAS_NODE, MAPPING } from "../node-tree.ts";
import type { NodeTree } from "../node-tree.ts";
import type { Editing } from "./editing-state.ts";
import { emitInline, isInline } from "./emit-block.ts";
import { putValue } from "./put-value.ts";
import { Refusal } from "./refusal.ts";
import { itemsOf, membersOf, rootSlot } from "./spans.ts";
import type { Member, Slot } from "./spans.ts";
import { valueOf } from "./value-of.ts";

/**
 * Makes sure that aliases of a changed or removed value keep their value: the first of them that stays is replaced by
 * the old value, and takes over the anchor if others need it.
 *
 * @param touched - nodes in which something changes
 * @param dropped - ranges of removed nodes
 */
export function keepAliases(
  editing: Editing,
  touched: ReadonlySet<number>,
  dropped: readonly (readonly [number, number])[],
): void {
  const { tree } = editing;
  const isDropped = (node: number) => dropped.some(([from, to]) => node >= from && node < to);
  const waiting = new Map<number, number[]>();
  for (const alias of aliasesOf(tree)) {
    const target = tree.extent(alias);
    if (isDropped(alias) || !(touched.has(target) || isDropped(target))) continue;
    const others = waiting.get(target);
    if (others === undefined) {
      waiting.set(target, [alias]);
    } else {
      others.push(alias);
    }
  }
  for (const [target, [first = 0, ...others]] of waiting) {
    const anchor =
      others.length === 0 ? "" : `&${tree.text.slice(tree.offset(first) + 1, endOfName(tree, first))} `;
    const place = placeOf(tree, first);
    if ("slot" in place) {
      putValue(editing, place.slot, valueOf(tree, target), { anchor, comments: [] });
    } else {
      putKey(editing, place.key, target, anchor);
    }
  }
}

function aliasesOf(tree: NodeTree): readonly number[] {
  const aliases: number[] = [];
  if (!tree.text.includes("*")) return aliases;
  for (let node = 0; node < tree.end;) {
    if (tree.kind(node) === ALIAS_NODE) aliases.push(node);
    node = tree.isScalar(node) || tree.kind(node) === ALIAS_NODE ? tree.after(node) : tree.firstChild(node);
  }
  return aliases;
}

function endOfName(tree: NodeTree, alias: number): number {
  const [name = ""] = /^[\w-]*/.exec(tree.text.slice(tree.offset(alias) + 1)) ?? [];
  return tree.offset(alias) + 1 + name.length;
}

function putKey({ tree, patches }: Editing, key: number, target: number, anchor: string): void {
  const value = valueOf(tree, target);
  if (!isInline(value)) throw new Refusal("a key that is no scalar");
  const from = tree.offset(key);
  patches.replace(from, endOfName(tree, key), anchor + emitInline(value, 0, 0, true));
}

/** Where a node is: a value or a key. */
type Place = { readonly slot: Slot } | { readonly key: number };

function placeOf(tree: NodeTree, node: number): Place {
  let slot = rootSlot(tree);
  while (slot.node !== node) {
    const inner: Place | undefined =
      tree.kind(slot.node) === MAPPING
        ? placeAmong(tree, membersOf(tree, slot), node)
        : itemWith(tree, slot, node);
    if (inner === undefined) throw new Refusal("a node that cannot be found");
    if ("key" in inner) return inner;
    slot = inner.slot;
  }
  return { slot };
}

function placeAmong(tree: NodeTree, members: readonly Member[], node: number): Place | undefined {
  for (const { key, slot } of members) {
    if (key === node) return { key };
    if (node >= slot.node && node < tree.after(slot.node)) return { slot };
  }
  return undefined;
}

function itemWith(tree: NodeTree, slot: Slot, node: number): Place | undefined {
  const item = itemsOf(tree, slot).find(
    ({ slot: { node: from } }) => node >= from && node < tree.after(from),
  );
  return item && { slot: item.slot };
}
