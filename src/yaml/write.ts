import { writeJson } from "../go/json.ts";
import type { JsonValue } from "../api/json-value.ts";
import { emitYaml } from "./emit.ts";
import { isYamlHazard } from "./json-hazard.ts";
import { readYaml } from "./read.ts";

/**
 * Writes a value as `kubectl -o yaml` does: as JSON text, which go-yaml v2 reads as YAML and writes again. Keys are sorted in
 * go-yaml's order, and a newline ends the text. Source: sigs.k8s.io/yaml `Marshal`.
 *
 * @throws YamlError if the JSON text is not YAML: kubectl cannot print such a value either.
 */
export function writeYaml(value: JsonValue): string {
  return emitYaml(isYamlHazard(value) ? readYaml(writeJson(value)).value : value);
}
