import { goQuote } from "../go-quote.ts";
import { decodeInput } from "./input.ts";
import { ALIAS_NODE, MAPPING, PLAIN, QUOTED, SEQUENCE } from "./node-tree.ts";
import type { NodeTree } from "./node-tree.ts";
import { parseDocument } from "./parser.ts";
import { positionAt } from "./position-at.ts";
import { isMergeKey, resolveNode } from "./resolve-node.ts";
import { keyOf } from "./scalar-key.ts";
import { formatGoFloat } from "../go-float.ts";

/**
 * What go-yaml v2's strict mode has against the first document of a stream that {@link readYaml} reads: a line for every
 * entry whose key its mapping has already, `line 3: key "a" already set in map`. The line is that of the entry's value.
 *
 * Merged mappings count: `<<` may not bring a key that is there already. What an alias stands for is looked at again
 * wherever it is used, as go-yaml does.
 *
 * @throws YamlError for what `readYaml` refuses while it parses
 */
export function repeatedKeys(data: Uint8Array | string): readonly string[] {
  const tree = parseDocument(decodeInput(data));
  if (tree === undefined) {
    return [];
  }
  const finder = new RepeatedKeys(tree);
  finder.visit(0, undefined);
  return finder.complaints;
}

/** The keys of a mapping so far, each under a name that tells `1` from `"1"`. */
type Keys = Set<string>;

class RepeatedKeys {
  readonly complaints: string[] = [];
  readonly #tree: NodeTree;

  constructor(tree: NodeTree) {
    this.#tree = tree;
  }

  /** @param into - the mapping that this one is merged into */
  visit(node: number, into: Keys | undefined): void {
    const tree = this.#tree;
    switch (tree.kind(node)) {
      case ALIAS_NODE:
        this.visit(tree.extent(node), into);
        break;
      case SEQUENCE:
        for (const item of this.#items(node)) {
          this.visit(item, undefined);
        }
        break;
      case MAPPING:
        this.#visitMapping(node, into ?? new Set());
        break;
      default:
    }
  }

  #visitMapping(mapping: number, keys: Keys): void {
    const tree = this.#tree;
    const end = tree.extent(mapping);
    for (let key = tree.firstChild(mapping); key < end;) {
      const value = tree.after(key);
      if (isMergeKey(tree, key)) {
        this.#merge(value, keys);
      } else {
        this.visit(value, undefined);
        this.#add(key, value, keys);
      }
      key = tree.after(value);
    }
  }

  /** Of several mappings go-yaml merges the last one first. */
  #merge(value: number, keys: Keys): void {
    const sources = this.#tree.kind(value) === SEQUENCE ? this.#items(value).toReversed() : [value];
    for (const source of sources) {
      this.visit(source, keys);
    }
  }

  #add(key: number, value: number, keys: Keys): void {
    const written = this.#goSyntax(key);
    if (keys.has(written)) {
      this.complaints.push(`line ${this.#line(key, value)}: key ${written} already set in map`);
    }
    keys.add(written);
  }

  #items(sequence: number): readonly number[] {
    const tree = this.#tree;
    const items: number[] = [];
    const end = tree.extent(sequence);
    for (let item = tree.firstChild(sequence); item < end; item = tree.after(item)) {
      items.push(item);
    }
    return items;
  }

  /** A key as Go's `%#v` shows it. */
  #goSyntax(key: number): string {
    const tree = this.#tree;
    const scalar = resolveNode(tree, tree.kind(key) === ALIAS_NODE ? tree.extent(key) : key);
    if (typeof scalar === "string") {
      return goQuote(scalar);
    }
    switch (scalar.kind) {
      case "string":
        return goQuote(scalar.value);
      case "float":
        return formatGoFloat(scalar.value, "g");
      case "int":
      case "bool":
        return String(scalar.value);
      default:
        return keyOf(scalar).text ?? "<nil>";
    }
  }

  #line(key: number, value: number): number {
    const tree = this.#tree;
    return positionAt(tree.text, this.#isNothing(value) ? this.#colonAfter(key, value) : tree.offset(value))
      .line;
  }

  #isNothing(node: number): boolean {
    const tree = this.#tree;
    return tree.kind(node) === PLAIN && tree.extent(node) === tree.offset(node);
  }

  /** Where nothing is written as a value, it stands at the colon. */
  #colonAfter(key: number, value: number): number {
    const tree = this.#tree;
    const start = tree.kind(key) === PLAIN || tree.kind(key) === QUOTED ? tree.extent(key) : tree.offset(key);
    const colon = tree.text.indexOf(":", start);
    return colon === -1 || colon > tree.offset(value) ? tree.offset(value) : colon;
  }
}
