import type { JsonValue } from "../json-value.ts";
import { emitYaml } from "./emit.ts";

/**
 * Writes a value as `kubectl -o yaml` does: as JSON text, read as YAML by go-yaml v2, and written again.
 * Source: sigs.k8s.io/yaml `Marshal`.
 */
export function writeYaml(value: JsonValue): string {
  return emitYaml(value);
}
