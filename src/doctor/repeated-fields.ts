import type { Position } from "../api/position.ts";
import { LineIndex } from "../yaml/line-index.ts";
import { ALIAS_NODE, MAPPING } from "../yaml/node-tree.ts";
import type { NodeTree } from "../yaml/node-tree.ts";
import { isMergeKey, resolveNode } from "../yaml/resolve-node.ts";
import { keyOf } from "../yaml/scalar-key.ts";

/** A key that its mapping already has. */
export interface RepeatedField {
  readonly name: string;
  readonly position: Position;
  readonly first: Position;
}

/**
 * Returns the keys that are twice in one mapping of a document, in the order of the text. Merges and aliases do not
 * count. Takes time in proportion to the text.
 */
export function repeatedFields(tree: NodeTree): readonly RepeatedField[] {
  let index: LineIndex | undefined;
  const repeated: RepeatedField[] = [];
  for (let node = 0; node < tree.end; node = tree.firstChild(node)) {
    if (tree.kind(node) === MAPPING) {
      for (const { name, first, again } of repeatedKeys(tree, node)) {
        const lines = (index ??= new LineIndex(tree.text));
        const [position, earlier] = [again, first].map((key) => lines.position(tree.offset(key)));
        if (position !== undefined && earlier !== undefined) {
          repeated.push({ name, position, first: earlier });
        }
      }
    }
  }
  return repeated;
}

function* repeatedKeys(
  tree: NodeTree,
  mapping: number,
): Generator<{ readonly name: string; readonly first: number; readonly again: number }> {
  const firsts = new Map<string, number>();
  const end = tree.extent(mapping);
  for (let key = tree.firstChild(mapping); key < end; key = tree.after(tree.after(key))) {
    const name = isMergeKey(tree, key) ? undefined : keyText(tree, key);
    const first = name === undefined ? undefined : firsts.get(name);
    if (name !== undefined && first !== undefined) {
      yield { name, first, again: key };
    } else if (name !== undefined) {
      firsts.set(name, key);
    }
  }
}

function keyText(tree: NodeTree, key: number): string | undefined {
  const scalar = resolveNode(tree, tree.kind(key) === ALIAS_NODE ? tree.extent(key) : key);
  return typeof scalar === "string" ? scalar : keyOf(scalar).text;
}
