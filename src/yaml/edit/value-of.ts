import type { JsonValue } from "../../api/json-value.ts";
import { ALIAS_NODE, MAPPING, SEQUENCE } from "../node-tree.ts";
import type { NodeTree } from "../node-tree.ts";
import { isMergeKey, resolveNode } from "../resolve-node.ts";
import { entryNodes, itemNodes, keyText } from "./node-lookup.ts";
import { Refusal } from "./refusal.ts";

/**
 * Returns the value of one node of a valid document, aliases and merges followed.
 *
 * @throws Refusal if JSON cannot represent it
 */
export function valueOf(tree: NodeTree, node: number): JsonValue {
  switch (tree.kind(node)) {
    case ALIAS_NODE:
      return valueOf(tree, tree.extent(node));
    case SEQUENCE:
      return itemNodes(tree, node).map((item) => valueOf(tree, item));
    case MAPPING: {
      const fields = new Map<string, JsonValue>();
      addFields(tree, node, fields);
      return fields;
    }
    default:
      return scalarOf(tree, node);
  }
}

function scalarOf(tree: NodeTree, node: number): JsonValue {
  const scalar = resolveNode(tree, node);
  if (typeof scalar === "string") return scalar;
  switch (scalar.kind) {
    case "null":
      return null;
    case "error":
      throw new Refusal("a value that cannot be read");
    default:
      return scalar.value;
  }
}

function addFields(tree: NodeTree, mapping: number, fields: Map<string, JsonValue>): void {
  for (const { key, value } of entryNodes(tree, mapping)) {
    if (isMergeKey(tree, key)) {
      const sources = tree.kind(value) === SEQUENCE ? itemNodes(tree, value).toReversed() : [value];
      for (const source of sources) addFields(tree, source, fields);
      continue;
    }
    const name = keyText(tree, key);
    if (name === undefined) throw new Refusal("a key that JSON cannot have");
    fields.set(name, valueOf(tree, value));
  }
}
