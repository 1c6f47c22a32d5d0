import { ALIAS_NODE, MAPPING, SEQUENCE } from "../node-tree.ts";
import type { NodeTree } from "../node-tree.ts";
import { isMergeKey, resolveNode } from "../resolve-node.ts";
import { keyOf } from "../scalar-key.ts";

/** Follows an alias to its node; returns any other node itself. */
export function dealias(tree: NodeTree, node: number): number {
  return tree.kind(node) === ALIAS_NODE ? tree.extent(node) : node;
}

/** Returns the key of a node in JSON; undefined if it has none. */
export function keyText(tree: NodeTree, key: number): string | undefined {
  const node = dealias(tree, key);
  if (!tree.isScalar(node)) return undefined;
  const scalar = resolveNode(tree, node);
  return typeof scalar === "string" ? scalar : keyOf(scalar).text;
}

/** Returns the items of a list that may be an alias; none if it is no list. */
export function itemNodes(tree: NodeTree, list: number): readonly number[] {
  const node = dealias(tree, list);
  const items: number[] = [];
  if (tree.kind(node) !== SEQUENCE) return items;
  const end = tree.extent(node);
  for (let item = tree.firstChild(node); item < end; item = tree.after(item)) items.push(item);
  return items;
}

/** Returns the entries of a mapping that may be an alias, as written; none if it is no mapping. */
export function entryNodes(tree: NodeTree, mapping: number): readonly { key: number; value: number }[] {
  const node = dealias(tree, mapping);
  const entries: { key: number; value: number }[] = [];
  if (tree.kind(node) !== MAPPING) return entries;
  const end = tree.extent(node);
  for (let key = tree.firstChild(node); key < end;) {
    const value = tree.after(key);
    entries.push({ key, value });
    key = tree.after(value);
  }
  return entries;
}

/** Returns the node of a field's value, after aliases, merges and repeated keys. */
export function fieldNode(tree: NodeTree, mapping: number, name: string): number | undefined {
  for (const { key, value } of entryNodes(tree, mapping).toReversed()) {
    if (isMergeKey(tree, key)) {
      const found = mergedField(tree, value, name);
      if (found !== undefined) return found;
    } else if (keyText(tree, key) === name) {
      return value;
    }
  }
  return undefined;
}

/** Returns the node of a merged field's value: that of the first mapping that has the field. */
export function mergedField(tree: NodeTree, merged: number, name: string): number | undefined {
  for (const source of tree.kind(merged) === SEQUENCE ? itemNodes(tree, merged) : [merged]) {
    const found = fieldNode(tree, source, name);
    if (found !== undefined) return found;
  }
  return undefined;
}
