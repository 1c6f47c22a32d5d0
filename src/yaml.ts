/**
 * Reads and writes YAML exactly as kubectl does.
 *
 * @module kcfg/yaml
 */

export { readYaml } from "./yaml/read.ts";
export type { YamlDocument } from "./yaml/read.ts";
export { YamlError } from "./yaml/yaml-error.ts";
export { writeKyaml, writeYaml } from "./library/public-yaml.ts";
export type { JsonObject, JsonValue } from "./api/json-value.ts";
export type { Position } from "./api/position.ts";
