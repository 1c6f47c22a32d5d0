import type { Config } from "../../api/config.ts";
import { decodeConfig } from "./decode-config.ts";
import { readSourceTree } from "../../yaml/source-tree.ts";
import type { SourceNode } from "../../yaml/source-tree.ts";

/** A kubeconfig with the position of everything in it. */
export interface ConfigSource {
  /** The name of the file. */
  readonly file: string;
  readonly config: Config;
  /** The document, read on first use; undefined if the file is empty. */
  readonly root: SourceNode | undefined;
}

/** A list of named entries, by its name in the file. */
export type NamedSection = "clusters" | "users" | "contexts" | "extensions";

/** One entry of such a list. */
export interface NamedNode {
  /** The element of the list, which holds the name and the entry. */
  readonly element: SourceNode;
  /** The mapping that holds the fields: the value of `cluster:`. Undefined if it is left out. */
  readonly entry: SourceNode | undefined;
}

const ENTRY_FIELD: Readonly<Record<NamedSection, string>> = {
  clusters: "cluster",
  users: "user",
  contexts: "context",
  extensions: "extension",
};

/**
 * Reads a kubeconfig with positions.
 *
 * @throws ConfigParseError as `decodeConfig`
 */
export function readConfigSource(data: Uint8Array | string, file: string): ConfigSource {
  const config = decodeConfig(data, file);
  let root: { readonly node: SourceNode | undefined } | undefined;
  return {
    file,
    config,
    get root() {
      root ??= { node: data.length === 0 ? undefined : readSourceTree(data) };
      return root.node;
    },
  };
}

/** Returns the entries of a list of a kubeconfig, by name, as the config has them. */
export function namedNodes(source: ConfigSource, section: NamedSection): ReadonlyMap<string, NamedNode> {
  return namedNodesIn(source.root?.fields.get(section), section);
}

/**
 * Returns the entries of a list, by name. Of several with one name, which only extensions without content may have, the
 * last one counts.
 *
 * @param list - the list: preferences, clusters, users and contexts have `extensions` too
 */
export function namedNodesIn(
  list: SourceNode | undefined,
  section: NamedSection,
): ReadonlyMap<string, NamedNode> {
  return new Map(
    (list?.items ?? []).map((element) => {
      const name = element.fields.get("name")?.value;
      return [
        typeof name === "string" ? name : "",
        { element, entry: element.fields.get(ENTRY_FIELD[section]) },
      ];
    }),
  );
}
