import { ALIAS_NODE, OTHER_TEXT, PLAIN_TEXT } from "../node-tree.ts";
import type { NodeTree } from "../node-tree.ts";
import type { KeptPart } from "./patches.ts";

/**
 * Reports whether a node of an edited document is the same as a node of the old one, with all its content: the same
 * string was read as the same nodes. Aliases are never the same.
 *
 * @param part - the part of the old text that the node starts in
 */
export function isSameNode(
  [oldTree, oldNode]: readonly [NodeTree, number],
  [newTree, newNode]: readonly [NodeTree, number],
  { to, shift }: KeptPart,
): boolean {
  const oldEnd = oldTree.after(oldNode);
  const newEnd = newTree.after(newNode);
  let [a, b] = [oldNode, newNode];
  while (a < oldEnd && b < newEnd) {
    const kind = oldTree.kind(a);
    if (kind === ALIAS_NODE || newTree.kind(b) !== kind || oldTree.tag(a) !== newTree.tag(b)) return false;
    if (oldTree.offset(a) + shift !== newTree.offset(b) || oldTree.offset(a) > to) return false;
    const [one, other] = [oldTree.extent(a), newTree.extent(b)];
    if (!oldTree.isScalar(a)) {
      if (one - oldNode !== other - newNode) return false;
      a = oldTree.firstChild(a);
      b = newTree.firstChild(b);
      continue;
    }
    if (kind === PLAIN_TEXT || kind === OTHER_TEXT) {
      if (oldTree.strings[one] !== newTree.strings[other]) return false;
    } else if (one + shift !== other || one > to) {
      return false;
    }
    a = oldTree.after(a);
    b = newTree.after(b);
  }
  return a === oldEnd && b === newEnd;
}

/** Reports whether there is an alias in a document. */
export function hasAliases(tree: NodeTree): boolean {
  if (!tree.text.includes("*")) return false;
  for (let node = 0; node < tree.end;) {
    if (tree.kind(node) === ALIAS_NODE) return true;
    node = tree.isScalar(node) ? tree.after(node) : tree.firstChild(node);
  }
  return false;
}
