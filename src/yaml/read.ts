import type { Position } from "../api/position.ts";
import type { JsonValue } from "../api/json-value.ts";
import { constructValue } from "./construct.ts";
import { decodeInput } from "./input.ts";
import type { YamlInput } from "./input.ts";
import { locateNode } from "./locate.ts";
import { parseDocument } from "./parser.ts";
import { positionAt } from "./position-at.ts";

/** The first document of a YAML stream. */
export interface YamlDocument {
  /**
   * The value after go-yaml's decoding and sigs.k8s.io/yaml's conversion to JSON; null for an empty stream. Keys are in
   * no particular order.
   */
  readonly value: JsonValue;
  /**
   * Returns the position of the value at a path of object keys and array indexes, or of its key if `target` is "key"
   * and it has one; undefined when there is no such path. Follows aliases, merges and duplicate keys to the node that
   * provided the value. Computed on demand.
   */
  locate(path: readonly (string | number)[], target?: "key" | "value"): Position | undefined;
}

/**
 * Reads the first document of a YAML stream as `sigs.k8s.io/yaml.YAMLToJSON` does on go-yaml v2, which is how kubectl
 * reads a kubeconfig. Ignores what comes after that document, faults included.
 *
 * @throws YamlError
 */
export function readYaml(data: Uint8Array | string): YamlDocument {
  return readYamlInput(decodeInput(data));
}

/**
 * Reads a decoded stream as {@link readYaml}.
 *
 * @throws YamlError
 */
export function readYamlInput(input: YamlInput): YamlDocument {
  const tree = parseDocument(input);
  if (tree === undefined) return { value: null, locate: () => undefined };
  return {
    value: constructValue(tree),
    locate(path, target = "value") {
      const offset = locateNode(tree, path, target);
      return offset === undefined ? undefined : positionAt(tree.text, offset);
    },
  };
}
