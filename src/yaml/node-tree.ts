import { positionAt } from "./position-at.ts";
import { StringCache } from "./string-cache.ts";
import { YamlError } from "./yaml-error.ts";

/** A plain scalar: its text is between the node's offset and its extent. */
export const PLAIN = 0;
/** A quoted scalar without escapes: its text is between the node's offset plus 1 and its extent. */
export const QUOTED = 1;
/** A plain scalar of several lines: its extent is an index into `strings`. */
export const PLAIN_TEXT = 2;
/** A quoted or block scalar: its extent is an index into `strings`. */
export const OTHER_TEXT = 3;
/** A sequence: its items follow, up to the node that its extent names. */
export const SEQUENCE = 4;
/** A mapping: its keys and values follow by turns, up to the node that its extent names. */
export const MAPPING = 5;
/** An alias: its extent is the node that has the anchor. */
export const ALIAS_NODE = 6;

/** A kind of node: one of the constants of this module. */
export type NodeKind = number;

const FIELDS = 3;
const KIND = 0;
const OFFSET = 1;
const EXTENT = 2;
/** The number of the tag is in the upper bits of the kind. */
const KIND_BITS = 3;
const KIND_MASK = 7;

const INITIAL_NODES = 256;

/**
 * kcfg's own limits, which kubectl does not have: a kubeconfig of 80,000 contexts stays below them, and anything larger
 * would cost seconds and gigabytes.
 */
const MAX_NODES = 4_194_304;
const MAX_MAPPINGS = 1_048_576;

/**
 * The nodes of a document in the order of the text, as numbers: a document of millions of nodes costs 12 bytes for
 * each. A node is named by its index.
 */
export class NodeTree {
  readonly text: string;
  readonly strings: string[] = [];
  readonly #tags: string[] = [];
  readonly #slices: StringCache;
  #fields = new Int32Array(INITIAL_NODES * FIELDS);
  #used = 0;
  #mappings = 0;

  constructor(text: string) {
    this.text = text;
    this.#slices = new StringCache(text);
  }

  /** How many numbers are in use: the name of the next node. */
  get end(): number {
    return this.#used;
  }

  kind(node: number): NodeKind {
    return (this.#fields[node + KIND] ?? 0) & KIND_MASK;
  }

  /** Returns the full tag of a scalar or a collection, if it has one. go-yaml ignores those of collections. */
  tag(node: number): string | undefined {
    const index = (this.#fields[node + KIND] ?? 0) >> KIND_BITS;
    return index === 0 ? undefined : this.#tags[index - 1];
  }

  setTag(node: number, tag: string): void {
    if (this.#tags.at(-1) !== tag) this.#tags.push(tag);
    this.#fields[node + KIND] = this.kind(node) | (this.#tags.length << KIND_BITS);
  }

  /** Returns where the node starts in the text. */
  offset(node: number): number {
    return this.#fields[node + OFFSET] ?? 0;
  }

  /** Returns the extent of a node: see the kinds. */
  extent(node: number): number {
    return this.#fields[node + EXTENT] ?? 0;
  }

  /** Returns the node after this one and its content. */
  after(node: number): number {
    const kind = this.kind(node);
    return kind === SEQUENCE || kind === MAPPING ? this.extent(node) : node + FIELDS;
  }

  /** Returns the first node inside a collection, which is its extent if it is empty. */
  firstChild(node: number): number {
    return node + FIELDS;
  }

  isScalar(node: number): boolean {
    return this.kind(node) < SEQUENCE;
  }

  /** Reports whether a scalar is written without quotes and not as a block. */
  isPlain(node: number): boolean {
    const kind = this.kind(node);
    return kind === PLAIN || kind === PLAIN_TEXT;
  }

  /** Returns the text of a scalar. */
  scalarText(node: number): string {
    const extent = this.extent(node);
    switch (this.kind(node)) {
      case PLAIN:
        return this.#slices.slice(this.offset(node), extent);
      case QUOTED:
        return this.#slices.slice(this.offset(node) + 1, extent);
      default:
        return this.strings[extent] ?? "";
    }
  }

  /**
   * Adds a node and returns its name. The extent of a collection is set when it is closed.
   *
   * @throws YamlError if there are too many
   */
  add(kind: NodeKind, offset: number, extent: number): number {
    const node = this.#used;
    if (node === this.#fields.length) this.#grow(offset);
    if (kind === MAPPING && this.#mappings++ === MAX_MAPPINGS) throw this.#tooMany(offset);
    this.#fields[node + KIND] = kind;
    this.#fields[node + OFFSET] = offset;
    this.#fields[node + EXTENT] = extent;
    this.#used = node + FIELDS;
    return node;
  }

  addText(kind: NodeKind, offset: number, text: string): number {
    this.strings.push(text);
    return this.add(kind, offset, this.strings.length - 1);
  }

  /** Ends a collection: later nodes are not in it. */
  close(node: number): void {
    this.#fields[node + EXTENT] = this.#used;
  }

  #grow(offset: number): void {
    if (this.#used === MAX_NODES * FIELDS) throw this.#tooMany(offset);
    const fields = new Int32Array(this.#fields.length * 2);
    fields.set(this.#fields);
    this.#fields = fields;
  }

  #tooMany(offset: number): YamlError {
    const reason = `document has more than ${MAX_MAPPINGS} mappings or ${MAX_NODES} values`;
    return new YamlError(reason, positionAt(this.text, offset));
  }
}
