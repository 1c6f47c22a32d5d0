import { PLAIN } from "./node-tree.ts";
import type { NodeTree } from "./node-tree.ts";
import { MERGE_TAG, mayBeSpecial, resolvePlain, resolveTagged } from "./resolve-scalar.ts";
import type { Scalar } from "./resolve-scalar.ts";

/** Reports whether a key merges its value: `<<`, if it is plain or its tag says so (go-yaml v2 `isMerge`). */
export function isMergeKey(tree: NodeTree, node: number): boolean {
  if (tree.kind(node) === PLAIN && tree.extent(node) - tree.offset(node) !== 2) return false;
  if (!tree.isScalar(node) || tree.scalarText(node) !== "<<") return false;
  const tag = tree.tag(node);
  return tag === undefined ? tree.isPlain(node) : tag === "!" || tag === MERGE_TAG;
}

/** Resolves a scalar node: a string, or another scalar. */
export function resolveNode(tree: NodeTree, node: number): string | Scalar {
  const tag = tree.tag(node);
  if (tag === undefined) {
    if (!tree.isPlain(node)) return tree.scalarText(node);
    if (
      tree.kind(node) === PLAIN &&
      !isEmpty(tree, node) &&
      !mayBeSpecial(tree.text.charCodeAt(tree.offset(node)))
    ) {
      return tree.scalarText(node);
    }
  }
  const text = tree.scalarText(node);
  const scalar = tag === undefined ? resolvePlain(text) : resolveTagged(tag, text);
  return scalar.kind === "string" ? scalar.value : scalar;
}

function isEmpty(tree: NodeTree, node: number): boolean {
  return tree.extent(node) === tree.offset(node);
}
