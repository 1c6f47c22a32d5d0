import type { Cursor } from "./text-cursor.ts";
import { ALIAS_NODE, NodeTree, OTHER_TEXT, PLAIN, PLAIN_TEXT, QUOTED } from "./node-tree.ts";
import type { NodeKind } from "./node-tree.ts";
import type { Token } from "./yaml-token.ts";
import type { YamlError } from "./yaml-error.ts";

/** The properties before a node. */
export interface Properties {
  readonly anchor: string | undefined;
  /** In full, without a handle. */
  readonly tag: string | undefined;
}

export const NO_PROPERTIES: Properties = { anchor: undefined, tag: undefined };

const LONGEST_SHOWN_NAME = 100;

/** kcfg's own limit, which kubectl does not have (see `NodeTree`). */
const MAX_ANCHORS = 524_288;

/** Puts the nodes of a document into a tree in their order. */
export class TreeBuilder {
  readonly tree: NodeTree;
  readonly #cursor: Cursor;
  /** The node of each anchor at present. */
  readonly #anchors = new Map<string, number>();
  /** The open collections. */
  readonly #open: number[] = [];

  constructor(cursor: Cursor) {
    this.tree = new NodeTree(cursor.text);
    this.#cursor = cursor;
  }

  /** Where the innermost open collection starts. */
  get openOffset(): number {
    return this.tree.offset(this.#open.at(-1) ?? 0);
  }

  /** Adds a plain scalar that is in the text as it is. */
  plain(from: number, to: number): void {
    this.tree.add(PLAIN, from, to);
  }

  scalar(token: Token, properties: Properties): void {
    const { start, text, plain } = token;
    const node =
      text === undefined
        ? this.tree.add(plain ? PLAIN : QUOTED, start, token.to)
        : this.tree.addText(plain ? PLAIN_TEXT : OTHER_TEXT, start, text);
    this.#describe(node, properties);
  }

  /** Adds the empty scalar of an omitted node, or one with nothing but properties. */
  empty(offset: number, properties: Properties): void {
    this.#describe(this.tree.add(PLAIN, offset, offset), properties);
  }

  open(kind: NodeKind, offset: number, properties: Properties): void {
    const node = this.tree.add(kind, offset, 0);
    this.#describe(node, properties);
    this.#open.push(node);
  }

  /** Ends the innermost open collection. */
  close(): void {
    this.tree.close(this.#open.pop() ?? 0);
  }

  /**
   * Adds an alias.
   *
   * @throws YamlError if there is no such anchor yet
   */
  alias(token: Token): void {
    const name = token.text ?? "";
    const target = this.#anchors.get(name);
    if (target === undefined) throw this.#unknownAnchor(token.start, name);
    this.tree.add(ALIAS_NODE, token.start, target);
  }

  #describe(node: number, properties: Properties): void {
    if (properties === NO_PROPERTIES) return;
    const { anchor, tag } = properties;
    if (anchor !== undefined) this.#anchor(anchor, node);
    if (tag !== undefined) this.tree.setTag(node, tag);
  }

  #anchor(name: string, node: number): void {
    this.#anchors.set(name, node);
    if (this.#anchors.size > MAX_ANCHORS) {
      throw this.#cursor.error(`document has more than ${MAX_ANCHORS} anchors`, this.tree.offset(node));
    }
  }

  #unknownAnchor(offset: number, name: string): YamlError {
    // Where no anchor exists at all, what looks like an alias may be a password that starts with a `*`.
    const shown = this.#anchors.size > 0 ? ` '${name.slice(0, LONGEST_SHOWN_NAME)}'` : "";
    return this.#cursor.error(
      `unknown anchor${shown} referenced`,
      offset,
      "define the anchor before it is used, or quote a value that starts with `*`",
    );
  }
}
