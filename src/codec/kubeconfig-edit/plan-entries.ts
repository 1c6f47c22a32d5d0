import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { writeJson } from "../../go/json.ts";
import { REMOVE } from "../../yaml/edit/change.ts";
import type { Change, Removal } from "../../yaml/edit/change.ts";
import { dealias, fieldNode, itemNodes } from "../../yaml/edit/node-lookup.ts";
import type { NodeTree } from "../../yaml/node-tree.ts";
import { resolveNode } from "../../yaml/resolve-node.ts";

/** A list of named entries in the text. */
export interface NamedList<T> {
  readonly tree: NodeTree;
  /** The node of the list; undefined where there is none. */
  readonly node: number | undefined;
  /** The field of an element that holds its entry, such as `cluster`. */
  readonly field: string;
  /** Returns the written form of an entry. */
  readonly toJson: (entry: T) => JsonValue;
  /** Returns the change of an entry that stays; `node` is its node, undefined where it has none. */
  readonly plan: (before: T, after: T, node: number | undefined) => Change | undefined;
}

/**
 * Returns the change of a list of named entries. A removed entry and a new one with the same content are a renaming,
 * which keeps its place. New entries come last.
 */
export function planEntries<T>(
  list: NamedList<T>,
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
): Change | undefined {
  const changed = [...before].filter(([name, entry]) => after.get(name) !== entry || !after.has(name));
  const added = new Map([...after].filter(([name]) => !before.has(name)));
  if (changed.length === 0 && added.size === 0) {
    return undefined;
  }
  const renamed = takeRenamed(
    list,
    changed.filter(([name]) => !after.has(name)),
    added,
  );
  const elements = elementsByName(list);
  const items = new Map<number, Change | Removal>();
  for (const [name, entry] of changed) {
    const places = elements.get(name) ?? [];
    const place = places.at(-1);
    const wanted = after.get(name);
    const newName = renamed.get(name);
    if (newName !== undefined && place !== undefined) {
      items.set(place.index, {
        kind: "fields",
        fields: new Map([["name", { kind: "put", value: newName }]]),
      });
      places.slice(0, -1).forEach(({ index }) => items.set(index, REMOVE));
    } else if (wanted === undefined && !after.has(name)) {
      places.forEach(({ index }) => items.set(index, REMOVE));
    } else if (place !== undefined && wanted !== undefined) {
      const change = list.plan(entry, wanted, fieldNode(list.tree, place.node, list.field));
      if (change !== undefined) {
        items.set(place.index, { kind: "fields", fields: new Map([[list.field, change]]) });
      }
    }
  }
  if (items.size === 0 && added.size === 0) {
    return undefined;
  }
  const length = list.node === undefined ? 0 : itemNodes(list.tree, list.node).length;
  const values = [...added].map(([name, entry]) => elementOf(list, name, entry));
  return { kind: "items", items, inserts: new Map(values.length === 0 ? [] : [[length, values]]) };
}

function elementOf<T>(list: NamedList<T>, name: string, entry: T): JsonObject {
  return new Map<string, JsonValue>([
    ["name", name],
    [list.field, list.toJson(entry)],
  ]);
}

/** Returns the new names of renamed entries, by their old names, and removes them from the new entries. */
function takeRenamed<T>(
  { toJson }: NamedList<T>,
  gone: readonly (readonly [string, T])[],
  added: Map<string, T>,
): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  if (gone.length === 0 || added.size === 0) {
    return renamed;
  }
  const heirs = new Map<string, string[]>();
  for (const [name, entry] of added) {
    const content = contentOf(entry);
    const others = heirs.get(content);
    if (others === undefined) {
      heirs.set(content, [name]);
    } else {
      others.push(name);
    }
  }
  for (const [name, entry] of gone) {
    const heir = heirs.get(contentOf(entry))?.shift();
    if (heir !== undefined) {
      renamed.set(name, heir);
      added.delete(heir);
    }
  }
  return renamed;

  function contentOf(entry: T): string {
    return writeJson(toJson(entry));
  }
}

interface Element {
  readonly index: number;
  readonly node: number;
}

/** Returns the elements of each name. A name may repeat while the entries before the last one are null. */
function elementsByName<T>({ tree, node: list }: NamedList<T>): ReadonlyMap<string, readonly Element[]> {
  const elements = new Map<string, Element[]>();
  for (const [index, node] of (list === undefined ? [] : itemNodes(tree, list)).entries()) {
    const name = nameOf(tree, node);
    const others = elements.get(name);
    if (others === undefined) {
      elements.set(name, [{ index, node }]);
    } else {
      others.push({ index, node });
    }
  }
  return elements;
}

function nameOf(tree: NodeTree, element: number): string {
  const node = fieldNode(tree, element, "name");
  const name = node === undefined ? "" : resolveNode(tree, dealias(tree, node));
  return typeof name === "string" ? name : "";
}
