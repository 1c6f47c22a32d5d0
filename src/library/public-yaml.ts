import type { JsonValue } from "../api/json-value.ts";
import { toJsonValue } from "../go/to-json-value.ts";
import { writeKyaml as writeKyamlOf } from "../yaml/kyaml.ts";
import { writeYaml as writeYamlOf } from "../yaml/write.ts";

/**
 * Writes a value as `kubectl -o yaml` does: with sorted keys, and a newline at the end. sigs.k8s.io/yaml's `Marshal`.
 *
 * @param value - what {@link readYaml} gives, or anything that has JSON: plain objects, arrays, Dates, typed objects of
 *   @kubernetes/client-node
 * @throws YamlError for what kubectl cannot print either: nesting below 10,000 levels, control characters in a key
 * @throws TypeError for what has no JSON: a cycle, a number that is not finite
 */
export function writeYaml(value: JsonValue | object): string {
  return writeYamlOf(toJsonValue(value));
}

/**
 * Writes a value as `kubectl -o kyaml` does: with braces, quoted strings and sorted keys. See {@link writeYaml}.
 *
 * @throws YamlError for what kubectl cannot print either
 * @throws TypeError for what has no JSON
 */
export function writeKyaml(value: JsonValue | object): string {
  return writeKyamlOf(toJsonValue(value));
}
