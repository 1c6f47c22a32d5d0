import type { JsonValue } from "../api/json-value.ts";
import { QUOTE_KEY, quoteStart } from "./hints.ts";
import { ALIAS_NODE, MAPPING, SEQUENCE } from "./node-tree.ts";
import type { NodeTree } from "./node-tree.ts";
import { positionAt } from "./position-at.ts";
import { isMergeKey, resolveNode } from "./resolve-node.ts";
import { keyOf } from "./scalar-key.ts";
import { YamlError } from "./yaml-error.ts";

/**
 * A value that JSON cannot represent. An error only if it is still part of the final value: a later entry with the same
 * key may replace it.
 */
class Unrepresentable {
  readonly reason: string;
  readonly node: number;
  readonly hint: string;

  constructor(reason: string, node: number, hint: string) {
    this.reason = reason;
    this.node = node;
    this.hint = hint;
  }
}

/** Replaces a key that JSON cannot have. No decoded text holds a lone surrogate. */
const UNREPRESENTABLE_KEY = "\ud800";

type Value = JsonValue | Unrepresentable;

/** A collection that is being filled, or mappings that are being merged into one. */
interface Frame {
  /** The mapping to fill; undefined for a sequence. */
  readonly mapping: Map<string, Value> | undefined;
  /** The sequence to fill. */
  readonly items: Value[];
  /** The next node to read, and where to stop. */
  next: number;
  readonly end: number;
  /** Whether an alias led here. */
  readonly viaAlias: boolean;
  /** Nodes still to be merged into the mapping, the last one next. */
  readonly sources: number[] | undefined;
}

const NO_SUCH_NUMBER = "quote the value: JSON has no such number";
const MERGE_MAPPINGS = "`<<` needs a mapping, or a list of mappings";

const NO_ITEMS: Value[] = [];

/**
 * Builds the value of a document as go-yaml v2 decodes it into an `interface{}` and sigs.k8s.io/yaml converts that to
 * JSON.
 *
 * @throws YamlError
 */
export function constructValue(tree: NodeTree): JsonValue {
  return new Constructor(tree).construct();
}

class Constructor {
  readonly #tree: NodeTree;
  readonly #frames: Frame[] = [];
  #anyUnspeakable = false;
  /** How many nodes have been decoded, and how many of them through an alias. */
  #decoded = 0;
  #decodedByAlias = 0;
  #aliasDepth = 0;
  /** The outermost alias that is being followed. */
  #outerAlias = 0;

  constructor(tree: NodeTree) {
    this.#tree = tree;
  }

  construct(): JsonValue {
    // go-yaml counts the document as a node.
    this.#count();
    const value = this.#decode(0);
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (this.#fill(frame)) {
        this.#frames.pop();
        if (frame.viaAlias) this.#aliasDepth--;
      }
    }
    return this.#anyUnspeakable ? this.#withoutUnrepresentable(value) : (value as JsonValue);
  }

  /** Reads entries of a collection until it is complete (true) or another one has to be read first (false). */
  #fill(frame: Frame): boolean {
    if (frame.mapping === undefined) return this.#fillSequence(frame, frame.items);
    if (frame.sources === undefined) return this.#fillMapping(frame, frame.mapping);
    const source = frame.sources.pop();
    if (source === undefined) return true;
    this.#merge(source, frame.mapping);
    return false;
  }

  #fillSequence(frame: Frame, items: Value[]): boolean {
    const depth = this.#frames.length;
    while (frame.next < frame.end) {
      const node = frame.next;
      frame.next = this.#tree.after(node);
      items.push(this.#decode(node));
      if (this.#frames.length !== depth) return false;
    }
    return true;
  }

  #fillMapping(frame: Frame, mapping: Map<string, Value>): boolean {
    const tree = this.#tree;
    const depth = this.#frames.length;
    while (frame.next < frame.end) {
      const keyNode = frame.next;
      const valueNode = tree.after(keyNode);
      frame.next = tree.after(valueNode);
      if (isMergeKey(tree, keyNode)) {
        this.#mergeAll(valueNode, mapping);
      } else {
        const key = this.#key(keyNode);
        const value = this.#decode(valueNode);
        if (typeof key === "string") {
          mapping.set(key, value);
        } else {
          mapping.set(UNREPRESENTABLE_KEY, key);
        }
      }
      if (this.#frames.length !== depth) return false;
    }
    return true;
  }

  /** Returns the value of a node. A collection is still empty: a frame fills it. */
  #decode(node: number): Value {
    this.#count();
    const tree = this.#tree;
    switch (tree.kind(node)) {
      case ALIAS_NODE:
        return this.#decodeTarget(node);
      case SEQUENCE:
      case MAPPING:
        return this.#open(node, false);
      default:
        return this.#scalar(node);
    }
  }

  #decodeTarget(alias: number): Value {
    const target = this.#target(alias);
    this.#aliasDepth++;
    this.#count();
    if (!this.#tree.isScalar(target)) return this.#open(target, true);
    const value = this.#scalar(target);
    this.#aliasDepth--;
    return value;
  }

  #open(node: number, viaAlias: boolean): Value {
    const tree = this.#tree;
    const isMapping = tree.kind(node) === MAPPING;
    const mapping = isMapping ? new Map<string, Value>() : undefined;
    const items = isMapping ? NO_ITEMS : [];
    const end = tree.extent(node);
    this.#frames.push({ mapping, items, next: tree.firstChild(node), end, viaAlias, sources: undefined });
    return (mapping ?? items) as Value;
  }

  #scalar(node: number): Value {
    const scalar = resolveNode(this.#tree, node);
    if (typeof scalar === "string") return scalar;
    switch (scalar.kind) {
      case "null":
        return null;
      case "error":
        throw this.#error(scalar.reason, node);
      case "float":
        if (Number.isFinite(scalar.value)) return scalar.value;
        return this.#unspeakable(`unsupported value: ${nameOf(scalar.value)}`, node, NO_SUCH_NUMBER);
      default:
        return scalar.value;
    }
  }

  #unspeakable(reason: string, node: number, hint: string): Unrepresentable {
    this.#anyUnspeakable = true;
    return new Unrepresentable(reason, node, hint);
  }

  /** Returns the key that a node represents. */
  #key(node: number): string | Unrepresentable {
    const tree = this.#tree;
    this.#count();
    let target = node;
    if (tree.kind(node) === ALIAS_NODE) {
      target = this.#target(node);
      this.#aliasDepth++;
      this.#count();
      this.#aliasDepth--;
    }
    if (!tree.isScalar(target)) {
      throw this.#error("invalid map key", node, quoteStart("`{` or `[`"));
    }
    const scalar = resolveNode(tree, target);
    if (typeof scalar === "string") return scalar;
    if (scalar.kind === "error") throw this.#error(scalar.reason, node);
    const key = keyOf(scalar);
    return key.text ?? this.#unspeakable(key.reason, node, QUOTE_KEY);
  }

  /** Merges the value of `<<`: a mapping, an alias of one, or a sequence of these. */
  #mergeAll(node: number, mapping: Map<string, Value>): void {
    const tree = this.#tree;
    if (tree.kind(node) !== SEQUENCE) {
      this.#merge(node, mapping);
      return;
    }
    // The first one wins, so go-yaml merges them backwards.
    const sources: number[] = [];
    const end = tree.extent(node);
    for (let item = tree.firstChild(node); item < end; item = tree.after(item)) sources.push(item);
    this.#frames.push({ mapping, items: NO_ITEMS, next: 0, end: 0, viaAlias: false, sources });
  }

  #merge(node: number, mapping: Map<string, Value>): void {
    const tree = this.#tree;
    const viaAlias = tree.kind(node) === ALIAS_NODE;
    const source = viaAlias ? tree.extent(node) : node;
    if (tree.kind(source) !== MAPPING) {
      throw this.#error("map merge requires map or sequence of maps as the value", node, MERGE_MAPPINGS);
    }
    this.#count();
    if (viaAlias) {
      this.#target(node);
      this.#aliasDepth++;
      this.#count();
    }
    const end = tree.extent(source);
    this.#frames.push({
      mapping,
      items: NO_ITEMS,
      next: tree.firstChild(source),
      end,
      viaAlias,
      sources: undefined,
    });
  }

  /** Returns the node that an alias represents. */
  #target(alias: number): number {
    const tree = this.#tree;
    const target = tree.extent(alias);
    if (!tree.isScalar(target) && alias < tree.extent(target)) {
      const [name = ""] = /^[\w-]{0,100}/.exec(tree.text.slice(tree.offset(alias) + 1)) ?? [];
      throw this.#error(`anchor '${name}' value contains itself`, alias);
    }
    if (this.#aliasDepth === 0) this.#outerAlias = alias;
    return target;
  }

  /** Counts a decoded node, and refuses alias bombs as go-yaml does. */
  #count(): void {
    this.#decoded++;
    if (this.#aliasDepth === 0) return;
    this.#decodedByAlias++;
    if (
      this.#decodedByAlias > 100 &&
      this.#decoded > 1000 &&
      this.#decodedByAlias / this.#decoded > allowedAliasRatio(this.#decoded)
    ) {
      throw this.#error("document contains excessive aliasing", this.#outerAlias);
    }
  }

  /**
   * Checks that JSON can represent the value.
   *
   * @throws YamlError if it cannot
   */
  #withoutUnrepresentable(value: Value): JsonValue {
    const pending: Value[] = [value];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next instanceof Unrepresentable) throw this.#error(next.reason, next.node, next.hint);
      if (next instanceof Map) {
        for (const child of next.values()) pending.push(child);
      } else if (Array.isArray(next)) {
        for (const child of next) pending.push(child as Value);
      }
    }
    return value as JsonValue;
  }

  #error(reason: string, node: number, hint?: string): YamlError {
    return new YamlError(reason, positionAt(this.#tree.text, this.#tree.offset(node)), hint);
  }
}

/** Returns Go's name for a number that is not finite. */
function nameOf(value: number): string {
  return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}

const LOW = 400_000;
const HIGH = 4_000_000;

/**
 * Returns the share of decoded nodes that may come from aliases, by how many nodes have been decoded: 99 % in a small
 * document, 10 % in a very large one (go-yaml v2 `allowedAliasRatio`).
 */
function allowedAliasRatio(decoded: number): number {
  if (decoded <= LOW) return 0.99;
  if (decoded >= HIGH) return 0.1;
  return 0.99 - 0.89 * ((decoded - LOW) / (HIGH - LOW));
}
