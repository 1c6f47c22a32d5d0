import { goQuote } from "../go/quote.ts";
import { decodeInput } from "./input.ts";
import { ALIAS_NODE, MAPPING, PLAIN, QUOTED, SEQUENCE } from "./node-tree.ts";
import type { NodeTree } from "./node-tree.ts";
import { parseDocument } from "./parser.ts";
import { isMergeKey, resolveNode } from "./resolve-node.ts";
import { keyOf } from "./scalar-key.ts";
import { formatGoFloat } from "../go/float.ts";

/**
 * Lists the faults that go-yaml v2's strict mode finds in the first document of a stream that {@link readYaml} reads: a
 * line for every entry whose key its mapping has already, `line 3: key "a" already set in map`. The line is that of the
 * entry's value.
 *
 * Merged mappings count: `<<` may not add a key that is there already. The target of an alias is checked again wherever
 * it is used, as go-yaml does.
 *
 * @throws YamlError for what `readYaml` refuses while it parses
 */
export function repeatedKeys(data: Uint8Array | string): readonly string[] {
  const tree = parseDocument(decodeInput(data));
  if (tree === undefined) {
    return [];
  }
  return new RepeatedKeys(tree).find();
}

/** The keys of a mapping so far, each with its type. */
type Keys = Set<string>;

/** A node to check, or an entry whose value has been checked. */
type Task =
  | {
      readonly node: number;
      /** The mapping that a mapping is merged into. */
      readonly into: Keys | undefined;
    }
  | { readonly key: number; readonly value: number; readonly keys: Keys };

/** Keeps its tasks on a stack of its own, so that nesting costs no stack frames. */
class RepeatedKeys {
  readonly #complaints: string[] = [];
  readonly #tree: NodeTree;
  /** The last one is next. */
  readonly #tasks: Task[] = [];

  constructor(tree: NodeTree) {
    this.#tree = tree;
  }

  find(): readonly string[] {
    this.#tasks.push({ node: 0, into: undefined });
    for (let task = this.#tasks.pop(); task !== undefined; task = this.#tasks.pop()) {
      if ("key" in task) {
        this.#add(task.key, task.value, task.keys);
      } else {
        for (const next of this.#tasksOf(task.node, task.into).toReversed()) {
          this.#tasks.push(next);
        }
      }
    }
    return this.#complaints;
  }

  /** Returns the parts of a node, in the order in which go-yaml decodes them. */
  #tasksOf(node: number, into: Keys | undefined): readonly Task[] {
    const tree = this.#tree;
    switch (tree.kind(node)) {
      case ALIAS_NODE:
        return [{ node: tree.extent(node), into }];
      case SEQUENCE:
        return this.#items(node).map((item) => ({ node: item, into: undefined }));
      case MAPPING:
        return this.#entries(node, into ?? new Set());
      default:
        return [];
    }
  }

  #entries(mapping: number, keys: Keys): readonly Task[] {
    const tree = this.#tree;
    const tasks: Task[] = [];
    const end = tree.extent(mapping);
    for (let key = tree.firstChild(mapping); key < end;) {
      const value = tree.after(key);
      if (isMergeKey(tree, key)) {
        for (const source of this.#sources(value)) {
          tasks.push({ node: source, into: keys });
        }
      } else {
        tasks.push({ node: value, into: undefined }, { key, value, keys });
      }
      key = tree.after(value);
    }
    return tasks;
  }

  /** Returns the merged mappings in go-yaml's order: the last one first. */
  #sources(value: number): readonly number[] {
    return this.#tree.kind(value) === SEQUENCE ? this.#items(value).toReversed() : [value];
  }

  #add(key: number, value: number, keys: Keys): void {
    const { kind, written } = this.#goSyntax(key);
    const identity = `${kind} ${written}`;
    if (keys.has(identity)) {
      this.#complaints.push(`line ${this.#line(key, value)}: key ${written} already set in map`);
    }
    keys.add(identity);
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

  /** Returns a key as Go's `%#v` shows it, and its type: the number 1 and the number 1.0 are two keys. */
  #goSyntax(key: number): { readonly kind: string; readonly written: string } {
    const tree = this.#tree;
    const scalar = resolveNode(tree, tree.kind(key) === ALIAS_NODE ? tree.extent(key) : key);
    if (typeof scalar === "string") {
      return { kind: "string", written: goQuote(scalar) };
    }
    switch (scalar.kind) {
      case "string":
        return { kind: "string", written: goQuote(scalar.value) };
      case "float":
        return { kind: "float", written: formatGoFloat(scalar.value, "g") };
      case "int":
      case "bool":
        return { kind: scalar.kind, written: String(scalar.value) };
      default:
        return { kind: scalar.kind, written: keyOf(scalar).text ?? "<nil>" };
    }
  }

  #line(key: number, value: number): number {
    const tree = this.#tree;
    return lineOf(tree.text, this.#isNothing(value) ? this.#colonAfter(key, value) : tree.offset(value));
  }

  #isNothing(node: number): boolean {
    const tree = this.#tree;
    return tree.kind(node) === PLAIN && tree.extent(node) === tree.offset(node);
  }

  /** Returns the offset of the colon, where an omitted value is. */
  #colonAfter(key: number, value: number): number {
    const tree = this.#tree;
    const start = tree.kind(key) === PLAIN || tree.kind(key) === QUOTED ? tree.extent(key) : tree.offset(key);
    const colon = tree.text.indexOf(":", start);
    return colon === -1 || colon > tree.offset(value) ? tree.offset(value) : colon;
  }
}

/**
 * Returns the line of an offset as go-yaml counts lines: at all of YAML 1.1's line breaks, some of which editors do not
 * know.
 */
function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|[\n\r\u0085\u2028\u2029]/).length;
}
