import type { Position } from "../../api/position.ts";
import { LineIndex } from "../line-index.ts";
import { ALIAS_NODE, MAPPING, SEQUENCE } from "../node-tree.ts";
import type { NodeTree } from "../node-tree.ts";
import { isMergeKey } from "../resolve-node.ts";
import type { Change, FieldChange } from "./change.ts";
import { editText } from "./edit-yaml.ts";
import { entryNodes, itemNodes, keyText } from "./node-lookup.ts";
import { Refusal } from "./refusal.ts";

/** A key and its new name. */
export interface KeyRename {
  /** Where the key is. */
  readonly position: Position;
  /** The present key. */
  readonly from: string;
  readonly to: string;
}

/**
 * Renames keys of the first document of a string in place, in their own quotes. A key that is not found at its position
 * stays.
 *
 * @returns undefined if that is not possible
 */
export function renameKeys(text: string, renames: readonly KeyRename[]): string | undefined {
  const names = new Map(renames.map((rename) => [placeOf(rename.position), rename]));
  const plan = (tree: NodeTree): Change | undefined => {
    const lines = new LineIndex(tree.text);
    return planNode(tree, 0, (key) => {
      const rename = names.get(placeOf(lines.position(tree.offset(key))));
      return rename !== undefined && keyText(tree, key) === rename.from ? rename.to : undefined;
    });
  };
  return editText(text, plan, { aliasesFollow: true });
}

function placeOf({ line, column }: Position): string {
  return `${line}:${column}`;
}

/**
 * Returns the change that renames the keys in a node; undefined for none. The target of an alias is changed where it is
 * defined.
 */
function planNode(
  tree: NodeTree,
  node: number,
  newName: (key: number) => string | undefined,
): Change | undefined {
  switch (tree.kind(node)) {
    case ALIAS_NODE:
      return undefined;
    case MAPPING: {
      const fields = new Map<string, FieldChange>();
      for (const { key, value } of entryNodes(tree, node)) {
        const to = newName(key);
        const change = to === undefined ? planNode(tree, value, newName) : ({ kind: "rename", to } as const);
        if (change === undefined) continue;
        const name = isMergeKey(tree, key) ? undefined : keyText(tree, key);
        if (name === undefined) throw new Refusal("a key that has no name");
        fields.set(name, change);
      }
      return fields.size === 0 ? undefined : { kind: "fields", fields };
    }
    case SEQUENCE: {
      const items = new Map<number, Change>();
      for (const [i, item] of itemNodes(tree, node).entries()) {
        const change = planNode(tree, item, newName);
        if (change !== undefined) items.set(i, change);
      }
      return items.size === 0 ? undefined : { kind: "items", items, inserts: new Map() };
    }
    default:
      return undefined;
  }
}
