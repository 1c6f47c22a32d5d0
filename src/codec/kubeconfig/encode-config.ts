import type { Config } from "../../api/config.ts";
import { writeYaml } from "../../yaml/write.ts";
import { encodeFastPath } from "./encode-fast-path.ts";
import { configToV1 } from "./to-v1.ts";

/**
 * Writes a Config as YAML, byte for byte as kubectl writes it to a file and prints it with `config view --raw`. Secrets
 * are written; redact first where a person will see the result.
 *
 * @throws Error for the few strings, of control characters for instance, that kubectl cannot write either
 */
export function encodeConfig(config: Config): string {
  return encodeFastPath(config) ?? writeYaml(configToV1(config));
}
