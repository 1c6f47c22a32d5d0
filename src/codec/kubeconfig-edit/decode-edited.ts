import type { Config } from "../../api/config.ts";
import type { EntrySection } from "../../api/fields.ts";
import { SECTIONS } from "../../api/fields.ts";
import type { JsonValue } from "../../api/json-value.ts";
import { configFromV1 } from "../kubeconfig/from-v1.ts";
import { entryNodes, fieldNode, itemNodes, keyText } from "../../yaml/edit/node-lookup.ts";
import type { EditedText, KeptPart } from "../../yaml/edit/patches.ts";
import { isSameNode } from "../../yaml/edit/same-nodes.ts";
import { valueOf } from "../../yaml/edit/value-of.ts";
import type { NodeTree } from "../../yaml/node-tree.ts";

/** A document before or after an edit. */
export interface Document {
  readonly tree: NodeTree;
  readonly config: Config;
}

/**
 * Decodes a kubeconfig after an edit. The text has been parsed as a whole; entries whose text and nodes are the same as
 * before are taken from the old Config, and everything else is decoded. Neither document may have aliases.
 *
 * @returns undefined if a name is twice in one list
 * @throws DecodeError or Refusal where the text cannot be decoded
 */
export function decodeEdited(old: Document, tree: NodeTree, { kept }: EditedText): Config | undefined {
  const fields = new Map<string, JsonValue>();
  for (const { key, value } of entryNodes(tree, 0)) {
    const name = keyText(tree, key) ?? "";
    if (!Object.hasOwn(SECTIONS, name)) {
      fields.set(name, valueOf(tree, value));
    }
  }
  const clusters = entriesOf(old, tree, kept, "clusters", ({ clusters: entries }) => entries);
  const authInfos = entriesOf(old, tree, kept, "users", ({ authInfos: entries }) => entries);
  const contexts = entriesOf(old, tree, kept, "contexts", ({ contexts: entries }) => entries);
  return clusters && authInfos && contexts && { ...configFromV1(fields, ""), clusters, authInfos, contexts };
}

function entriesOf<T>(
  old: Document,
  tree: NodeTree,
  kept: readonly KeptPart[],
  name: EntrySection,
  entriesIn: (config: Config) => ReadonlyMap<string, T>,
): ReadonlyMap<string, T> | undefined {
  const entries = new Map<string, T>();
  const list = fieldNode(tree, 0, name);
  const known = knownItems(old, kept, name, [...entriesIn(old.config)]);
  const items = list === undefined ? [] : itemNodes(tree, list);
  // The decoder refuses what is not a list.
  if (list !== undefined && items.length === 0) {
    configFromV1(new Map([[name, valueOf(tree, list)]]), "");
  }
  for (const item of items) {
    const same = known.get(tree.offset(item));
    const decoded =
      same !== undefined && isSameNode([old.tree, same.node], [tree, item], same.part)
        ? [same.entry]
        : entriesIn(configFromV1(new Map([[name, [valueOf(tree, item)]]]), ""));
    for (const [entryName, entry] of decoded) {
      if (entries.has(entryName)) {
        return undefined;
      }
      entries.set(entryName, entry);
    }
  }
  return entries;
}

interface KnownItem<T> {
  readonly node: number;
  readonly entry: readonly [string, T];
  readonly part: KeptPart;
}

/** Returns the old items by their offset in the new text. */
function knownItems<T>(
  { tree }: Document,
  kept: readonly KeptPart[],
  name: string,
  entries: readonly (readonly [string, T])[],
): ReadonlyMap<number, KnownItem<T>> {
  const known = new Map<number, KnownItem<T>>();
  const list = fieldNode(tree, 0, name);
  const items = list === undefined ? [] : itemNodes(tree, list);
  if (items.length !== entries.length) {
    return known;
  }
  let at = 0;
  for (const [i, node] of items.entries()) {
    const offset = tree.offset(node);
    while ((kept[at]?.to ?? Infinity) <= offset) {
      at++;
    }
    const part = kept[at];
    const entry = entries[i];
    if (part !== undefined && entry !== undefined && offset >= part.from) {
      known.set(offset + part.shift, { node, entry, part });
    }
  }
  return known;
}
