import type { JsonValue } from "../api/json-value.ts";
import type { Position } from "../api/position.ts";
import { constructValue } from "./construct.ts";
import { decodeInput } from "./input.ts";
import { LineIndex } from "./line-index.ts";
import { ALIAS_NODE, MAPPING, SEQUENCE } from "./node-tree.ts";
import type { NodeTree } from "./node-tree.ts";
import { parseDocument } from "./parser.ts";
import { isMergeKey, resolveNode } from "./resolve-node.ts";
import { keyOf } from "./scalar-key.ts";

/** A value with its position. */
export interface SourceNode {
  /** The value that `readYaml` has there. */
  readonly value: JsonValue;
  /** The position of the value; aliases and merges are followed to their node. */
  readonly position: Position;
  /** The position of its key, if it is an entry of a mapping. */
  readonly keyPosition: Position | undefined;
  /** The text of a scalar that is written without quotes and without a tag; undefined for anything else. */
  readonly text: string | undefined;
  /** The tag before it, in full, and the text of a scalar that has one. */
  readonly tagged: Tagged | undefined;
  /** How its key is written, if that is with a tag, or without quotes and otherwise than it is read. */
  readonly oddKey: Partial<Tagged> | undefined;
  /** The entries that count: of several with one key the last one. Empty unless the value is a mapping. */
  readonly fields: ReadonlyMap<string, SourceNode>;
  /** Empty unless the value is a sequence. */
  readonly items: readonly SourceNode[];
}

/** A tag and what it is for. */
export interface Tagged {
  readonly tag: string;
  /** `""` for a collection. */
  readonly text: string;
}

/**
 * Reads the first document of a YAML stream as `readYaml` does, with the position of everything in it. Takes time in
 * proportion to the stream, however it is nested or aliased: the targets of aliases are shared.
 *
 * @returns undefined for an empty stream
 * @throws YamlError
 */
export function readSourceTree(data: Uint8Array | string): SourceNode | undefined {
  const tree = parseDocument(decodeInput(data));
  return tree && sourceTreeOf(tree);
}

/**
 * Returns the tree of a parsed document, as {@link readSourceTree} does.
 *
 * @throws YamlError
 */
export function sourceTreeOf(tree: NodeTree): SourceNode | undefined {
  // Refuses invalid aliases and merges, and bounds their cost.
  constructValue(tree);
  return new SourceTreeBuilder(tree).build();
}

/** A collection that is being read. */
interface OpenCollection {
  readonly node: number;
  /** How many nodes had been read before its first child. */
  readonly start: number;
}

interface ReadNode {
  readonly node: number;
  readonly source: Keyed;
}

/** A node whose key is not known yet. */
type Keyed = { -readonly [F in keyof SourceNode]: SourceNode[F] };

const NO_FIELDS: ReadonlyMap<string, SourceNode> = new Map();
const NO_ITEMS: readonly SourceNode[] = [];

/** Visits the nodes in the order of the text. Anything that an alias refers to is complete before the alias. */
class SourceTreeBuilder {
  readonly #tree: NodeTree;
  readonly #lines: LineIndex;
  /** The targets of aliases, as far as they have been read. */
  readonly #targets = new Map<number, Keyed | undefined>();
  /** Nodes whose parents are still open. */
  readonly #read: ReadNode[] = [];
  readonly #open: OpenCollection[] = [];

  constructor(tree: NodeTree) {
    this.#tree = tree;
    this.#lines = new LineIndex(tree.text);
    for (let node = 0; node < tree.end; node = tree.firstChild(node)) {
      if (tree.kind(node) === ALIAS_NODE) this.#targets.set(tree.extent(node), undefined);
    }
  }

  build(): SourceNode | undefined {
    const tree = this.#tree;
    for (let node = 0; node < tree.end; node = tree.firstChild(node)) {
      this.#closeUpTo(node);
      const kind = tree.kind(node);
      if (kind === SEQUENCE || kind === MAPPING) {
        this.#open.push({ node, start: this.#read.length });
      } else {
        this.#add(node, kind === ALIAS_NODE ? this.#target(node) : this.#scalar(node));
      }
    }
    this.#closeUpTo(tree.end);
    return this.#read[0]?.source;
  }

  /** Completes the collections that end before a node. */
  #closeUpTo(next: number): void {
    const tree = this.#tree;
    for (
      let open = this.#open.at(-1);
      open !== undefined && tree.extent(open.node) <= next;
      open = this.#open.at(-1)
    ) {
      this.#open.pop();
      const children = this.#read.splice(open.start);
      const isMapping = tree.kind(open.node) === MAPPING;
      this.#add(
        open.node,
        isMapping ? this.#mapping(open.node, children) : this.#sequence(open.node, children),
      );
    }
  }

  #add(node: number, source: Keyed): void {
    this.#read.push({ node, source });
    if (this.#targets.has(node)) this.#targets.set(node, source);
  }

  #target(alias: number): Keyed {
    return this.#targets.get(this.#tree.extent(alias)) ?? this.#scalar(alias);
  }

  #scalar(node: number): Keyed {
    const tree = this.#tree;
    const isUntagged = tree.isPlain(node) && tree.tag(node) === undefined;
    return {
      value: scalarValue(tree, node),
      position: this.#lines.position(tree.offset(node)),
      keyPosition: undefined,
      text: isUntagged ? tree.scalarText(node) : undefined,
      tagged: this.#tagged(node),
      oddKey: undefined,
      fields: NO_FIELDS,
      items: NO_ITEMS,
    };
  }

  #sequence(node: number, children: readonly ReadNode[]): Keyed {
    const items = children.map(({ source }) => source);
    return {
      value: items.map(({ value }) => value),
      position: this.#lines.position(this.#tree.offset(node)),
      keyPosition: undefined,
      text: undefined,
      tagged: this.#tagged(node),
      oddKey: undefined,
      fields: NO_FIELDS,
      items,
    };
  }

  #mapping(node: number, children: readonly ReadNode[]): Keyed {
    const fields = new Map<string, SourceNode>();
    for (let i = 0; i + 1 < children.length; i += 2) {
      const key = children[i];
      const child = children[i + 1];
      if (key === undefined || child === undefined) continue;
      if (isMergeKey(this.#tree, key.node)) {
        merge(fields, child.source);
      } else {
        const name = this.#keyText(key.node);
        const keyPosition = this.#lines.position(this.#tree.offset(key.node));
        if (name !== undefined) {
          const entry = this.#isShared(child.node) ? { ...child.source } : child.source;
          entry.keyPosition = keyPosition;
          entry.oddKey = oddKeyOf(key.source, name);
          fields.set(name, entry);
        }
      }
    }
    const value = new Map<string, JsonValue>();
    for (const [name, field] of fields) value.set(name, field.value);
    return {
      value,
      position: this.#lines.position(this.#tree.offset(node)),
      keyPosition: undefined,
      text: undefined,
      tagged: this.#tagged(node),
      oddKey: undefined,
      fields,
      items: NO_ITEMS,
    };
  }

  /** Reports whether a node may have several keys, since it is an alias or has one. */
  #isShared(node: number): boolean {
    return this.#targets.size > 0 && (this.#tree.kind(node) === ALIAS_NODE || this.#targets.has(node));
  }

  #tagged(node: number): Tagged | undefined {
    const tree = this.#tree;
    const tag = tree.tag(node);
    return tag === undefined ? undefined : { tag, text: tree.isScalar(node) ? tree.scalarText(node) : "" };
  }

  #keyText(node: number): string | undefined {
    const tree = this.#tree;
    const scalar = resolveNode(tree, tree.kind(node) === ALIAS_NODE ? tree.extent(node) : node);
    return typeof scalar === "string" ? scalar : keyOf(scalar).text;
  }
}

function oddKeyOf({ text, tagged }: SourceNode, name: string): SourceNode["oddKey"] {
  return tagged ?? (text === undefined || text === name ? undefined : { text });
}

/** Merges fields into others. Of merged mappings the first one wins. */
function merge(fields: Map<string, SourceNode>, merged: SourceNode): void {
  const sources = merged.items.length > 0 ? merged.items.toReversed() : [merged];
  for (const source of sources) {
    for (const [name, field] of source.fields) fields.set(name, field);
  }
}

/**
 * Returns the value of a scalar; null where JSON cannot represent it: `constructValue` has refused a document where it
 * counts.
 */
function scalarValue(tree: NodeTree, node: number): JsonValue {
  const scalar = resolveNode(tree, node);
  if (typeof scalar === "string") return scalar;
  if (scalar.kind === "null" || scalar.kind === "error") return null;
  return scalar.value;
}
