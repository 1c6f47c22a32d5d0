import type { Config } from "../../api/config.ts";
import { quickJson } from "../quick/quick-json.ts";
import type { QuickObject, QuickValue } from "../quick/quick-value.ts";
import { quickYaml } from "../quick/quick-yaml.ts";
import { DecodeError } from "../typed.ts";
import type { YamlInput } from "../yaml/input.ts";
import { configFromV1 } from "./from-v1.ts";

/**
 * Reads a kubeconfig by the quick readers, if it is as kubeconfigs usually are and nothing is wrong with it.
 *
 * @param locationOfOrigin - set on every cluster, user and context
 * @returns undefined for a text that the full reader has to read
 */
export function decodeUsual({ text, simple }: YamlInput, locationOfOrigin: string): Config | undefined {
  if (!simple) return undefined;
  const document = quickJson(text) ?? quickYaml(text);
  if (!isObject(document) || !isConfigV1(document)) return undefined;
  try {
    return configFromV1(document, locationOfOrigin);
  } catch (error) {
    // The full reader knows where it stands.
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function isObject(value: QuickValue | undefined): value is QuickObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether version and kind are those of a kubeconfig, or left out, and no other spelling of their names interferes. */
function isConfigV1(document: QuickObject): boolean {
  const meta = Object.entries(document).filter(([key]) => /^(?:apiversion|kind)$/i.test(key));
  return (
    meta.length === 0 ||
    (meta.length === 2 &&
      meta.every(
        ([key, value]) => (key === "apiVersion" && value === "v1") || (key === "kind" && value === "Config"),
      ))
  );
}
