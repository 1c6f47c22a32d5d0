import type { Config } from "../../../src/api/config.ts";
import { redactSecrets, shortenConfig } from "../../../src/clientcmd/redact.ts";
import { decodeConfig, decodeConfigWithoutData } from "../../../src/codec/kubeconfig/decode-config.ts";
import { encodeConfig } from "../../../src/codec/kubeconfig/encode-config.ts";
import { quickJson } from "../../../src/yaml/quick/quick-json.ts";
import { quickYaml } from "../../../src/yaml/quick/quick-yaml.ts";
import { ANY, decodeJson } from "../../../src/codec/json/decode-json.ts";
import { readYaml } from "../../../src/yaml/read.ts";

/** What the readers make of a text. */
export interface Comparison {
  /** Whether a quick reader took it. */
  readonly taken: boolean;
  readonly quick: string;
  /** The full reader's value, or its refusal. */
  readonly full: string;
}

/**
 * Reads a text by the quick readers and, if one takes it, by the full one: as a value, and as a kubeconfig, with certificates
 * decoded and only checked.
 */
export function compareReaders(text: string): Comparison {
  const quick = /[^\n\x20-\x7e]/.test(text) ? undefined : (quickJson(text) ?? quickYaml(text));
  if (quick === undefined) {
    return { taken: false, quick: "", full: "" };
  }
  // The quick readers take nothing but ASCII characters.
  const forFull = `${text}\n# \u00e9\n`;
  return {
    taken: true,
    quick: [
      canonical(decodeJson(ANY, quick, { what: "a document" })),
      asConfig(decodeConfig, text),
      asConfig(decodeConfigWithoutData, text),
    ].join(),
    full: [fullReading(text), asConfig(decodeConfig, forFull), asConfig(decodeConfig, text)].join(),
  };
}

/** A kubeconfig as `kcfg view` shows it, or its refusal. */
function asConfig(decode: (text: string) => Config, text: string): string {
  try {
    return encodeConfig(shortenConfig(redactSecrets(decode(text))));
  } catch (error) {
    return `refused: ${String(error)}`;
  }
}

function fullReading(text: string): string {
  try {
    return canonical(readYaml(text).value);
  } catch (error) {
    return `refused: ${String(error)}`;
  }
}

/** A text for a value that does not depend on the order of keys. */
function canonical(value: unknown): string {
  if (value instanceof Map) {
    const entries = [...value].map(([key, element]) => `${JSON.stringify(key)}:${canonical(element)}`);
    return `{${entries.toSorted().join()}}`;
  }
  return Array.isArray(value) ? `[${value.map(canonical).join()}]` : JSON.stringify(value);
}
