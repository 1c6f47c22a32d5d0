import type { Position } from "../api/position.ts";
import { namedNodes, namedNodesIn } from "../codec/kubeconfig/config-source.ts";
import type { ConfigSource, NamedNode, NamedSection } from "../codec/kubeconfig/config-source.ts";
import type { SourceNode } from "../yaml/source-tree.ts";
import type { ScalarPrecedence } from "./merge.ts";

/**
 * The path of a value, by the names of the file format, with the name of an entry after that of its list:
 * `["clusters", "dev", "server"]`, `["users", "dev", "exec", "args", 0]`, `["current-context"]`.
 */
export type ConfigPath = readonly (string | number)[];

/** Where a file defines a value. */
export interface Definition {
  /** The path of the file. */
  readonly file: string;
  /** For an entry, where its element of the list begins; else where the key is. */
  readonly position: Position;
  /** Where the value is: next to its key, or, if that has an alias, at the alias's target. */
  readonly valuePosition: Position;
}

/** Where a merged value comes from. */
export interface Origin extends Definition {
  /** The other files that define it, without effect, highest precedence first. */
  readonly shadowed: readonly Definition[];
}

/** One file's definition of a value. */
export interface ValueDefinition {
  readonly source: ConfigSource;
  /** The value; undefined if the file has the entry, but not this field. */
  readonly node: SourceNode | undefined;
}

/** Finds where values come from, on demand. */
export class Origins {
  readonly #sources: readonly ConfigSource[];
  readonly #scalarPrecedence: ScalarPrecedence;
  readonly #entries = new Map<ConfigSource, Map<NamedSection, ReadonlyMap<string, NamedNode>>>();

  /**
   * Creates it.
   *
   * @param sources - highest precedence first
   */
  constructor(sources: readonly ConfigSource[], scalarPrecedence: ScalarPrecedence) {
    this.#sources = sources;
    this.#scalarPrecedence = scalarPrecedence;
  }

  /** Returns the origin of a merged value; undefined if no file that counts sets it. */
  find(path: ConfigPath): Origin | undefined {
    const [first, ...others] = this.definitions(path);
    if (first?.node === undefined) {
      return undefined;
    }
    return {
      ...definitionOf(first.source, first.node),
      shadowed: others.flatMap(({ source, node }) =>
        node === undefined ? [] : [definitionOf(source, node)],
      ),
    };
  }

  /** Returns the files' definitions of a value, the one that counts first. Files without one are left out. */
  definitions(path: ConfigPath): readonly ValueDefinition[] {
    const [section, name, ...rest] = path;
    switch (section) {
      case "current-context":
        return path.length === 1 ? this.#scalar(["current-context"], isText) : [];
      case "preferences":
        return this.#preferences(path);
      case "clusters":
      case "users":
      case "contexts":
      case "extensions":
        return typeof name === "string"
          ? this.#named((source) => this.#entriesOf(source, section).get(name), rest)
          : [];
      default:
        return [];
    }
  }

  #preferences([section, field, name, ...rest]: ConfigPath): readonly ValueDefinition[] {
    if (field === "colors" && name === undefined) {
      return this.#scalar([section ?? "", field], (value) => value === true);
    }
    if (field !== "extensions" || typeof name !== "string") {
      return [];
    }
    return this.#named(({ root }) => {
      const list = root?.fields.get("preferences")?.fields.get("extensions");
      return namedNodesIn(list, "extensions").get(name);
    }, rest);
  }

  /** Returns the definitions of a scalar. An empty scalar sets nothing. */
  #scalar(path: ConfigPath, says: (value: unknown) => boolean): readonly ValueDefinition[] {
    const definitions = this.#sources.flatMap((source) => {
      const node = descend(source.root, path);
      return node !== undefined && says(node.value) ? [{ source, node }] : [];
    });
    return this.#scalarPrecedence === "first" ? definitions : definitions.toReversed();
  }

  #named(
    entryIn: (source: ConfigSource) => NamedNode | undefined,
    rest: ConfigPath,
  ): readonly ValueDefinition[] {
    return this.#sources.flatMap((source) => {
      const found = entryIn(source);
      if (found === undefined) {
        return [];
      }
      return [{ source, node: rest.length === 0 ? found.element : descend(found.entry, rest) }];
    });
  }

  #entriesOf(source: ConfigSource, section: NamedSection): ReadonlyMap<string, NamedNode> {
    const known = this.#entries.get(source) ?? new Map<NamedSection, ReadonlyMap<string, NamedNode>>();
    this.#entries.set(source, known);
    const entries = known.get(section) ?? namedNodes(source, section);
    known.set(section, entries);
    return entries;
  }
}

/** Descends into an entry or a document; elements of an `extensions` list are found by their names. */
function descend(start: SourceNode | undefined, path: ConfigPath): SourceNode | undefined {
  let node = start;
  for (let i = 0; i < path.length && node !== undefined; i++) {
    const step = path[i] ?? "";
    const next = path[i + 1];
    if (typeof step === "number") {
      node = node.items[step];
    } else if (step === "extensions" && typeof next === "string") {
      const found = namedNodesIn(node.fields.get(step), "extensions").get(next);
      i++;
      node = i === path.length - 1 ? found?.element : found?.entry;
    } else {
      node = node.fields.get(step);
    }
  }
  return node;
}

function definitionOf({ file }: ConfigSource, node: SourceNode): Definition {
  return { file, position: node.keyPosition ?? node.position, valuePosition: node.position };
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
