import { withSortedKeys } from "../../src/go/order.ts";
import { writeJson } from "../../src/go/json.ts";
import { readYaml } from "../../src/yaml/read.ts";
import { YamlError } from "../../src/yaml/yaml-error.ts";

/** The value of a YAML text as Go writes it. */
export function read(yaml: string | Uint8Array): string {
  return writeJson(withSortedKeys(readYaml(yaml).value));
}

/** The error with which a YAML text is refused. */
export function refusal(yaml: string | Uint8Array): YamlError {
  try {
    readYaml(yaml);
  } catch (error) {
    if (error instanceof YamlError) return error;
    throw error;
  }
  throw new Error("the text was accepted");
}

/** Bytes written as the characters U+0000 to U+00FF. */
export function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
