import { ALIAS_NODE, MAPPING, SEQUENCE } from "./node-tree.ts";
import type { NodeTree } from "./node-tree.ts";
import { isMergeKey, resolveNode } from "./resolve-node.ts";
import { keyOf } from "./scalar-key.ts";

/** A value and, if it is an entry of a mapping, its key. */
interface Entry {
  readonly key: number | undefined;
  readonly value: number;
}

/**
 * Returns the offset of the value at a path (or of its key), by the rules that produce the value: aliases and merges
 * are followed, and of several entries with one key the last one counts.
 */
export function locateNode(
  tree: NodeTree,
  path: readonly (string | number)[],
  target: "key" | "value",
): number | undefined {
  let entry: Entry | undefined = { key: undefined, value: 0 };
  for (const step of path) {
    const node: number = dealias(tree, entry.value);
    entry = typeof step === "number" ? findItem(tree, node, step) : findEntry(tree, node, step);
    if (entry === undefined) return undefined;
  }
  if (target === "key" && entry.key !== undefined) return tree.offset(entry.key);
  return tree.offset(dealias(tree, entry.value));
}

function dealias(tree: NodeTree, node: number): number {
  return tree.kind(node) === ALIAS_NODE ? tree.extent(node) : node;
}

function findItem(tree: NodeTree, sequence: number, index: number): Entry | undefined {
  if (tree.kind(sequence) !== SEQUENCE) return undefined;
  let left = index;
  const end = tree.extent(sequence);
  for (let item = tree.firstChild(sequence); item < end; item = tree.after(item)) {
    if (left === 0) return { key: undefined, value: item };
    left--;
  }
  return undefined;
}

/** Searches a mapping from its end, so that the entry found first is the one that counts. */
function findEntry(tree: NodeTree, mapping: number, name: string): Entry | undefined {
  if (tree.kind(mapping) !== MAPPING) return undefined;
  const pending: Entry[] = [];
  pushEntries(tree, mapping, pending);
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    const { key, value } = entry;
    if (key === undefined) {
      pushEntries(tree, dealias(tree, value), pending);
    } else if (isMergeKey(tree, key)) {
      // Of merged mappings the first one wins, so it has to come off the stack first.
      for (const source of mergeSources(tree, value).toReversed())
        pending.push({ key: undefined, value: source });
    } else if (keyText(tree, key) === name) {
      return entry;
    }
  }
  return undefined;
}

function pushEntries(tree: NodeTree, mapping: number, pending: Entry[]): void {
  const end = tree.extent(mapping);
  for (let key = tree.firstChild(mapping); key < end;) {
    const value = tree.after(key);
    pending.push({ key, value });
    key = tree.after(value);
  }
}

function mergeSources(tree: NodeTree, node: number): number[] {
  if (tree.kind(node) !== SEQUENCE) return [node];
  const sources: number[] = [];
  const end = tree.extent(node);
  for (let item = tree.firstChild(node); item < end; item = tree.after(item)) sources.push(item);
  return sources;
}

function keyText(tree: NodeTree, node: number): string | undefined {
  const scalar = resolveNode(tree, dealias(tree, node));
  return typeof scalar === "string" ? scalar : keyOf(scalar).text;
}
