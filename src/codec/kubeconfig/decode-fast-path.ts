import type { Config } from "../../api/config.ts";
import { quickJson } from "../../yaml/quick/quick-json.ts";
import type { QuickObject, QuickValue, TakenItem } from "../../yaml/quick/quick-value.ts";
import { quickYaml } from "../../yaml/quick/quick-yaml.ts";
import type { Decoding, GoType } from "../json/decode-json.ts";
import { DecodeError, newRun } from "../json/decode-json.ts";
import type { YamlInput } from "../../yaml/input.ts";
import { configFromV1, elementTypes } from "./from-v1.ts";
import type { ElementTypes } from "./from-v1.ts";

/**
 * Reads a usual, valid kubeconfig by the quick readers.
 *
 * @param locationOfOrigin - set on every cluster, user and context
 * @returns undefined for a string that needs the full reader
 */
export function decodeFastPath(
  { text, simple }: YamlInput,
  locationOfOrigin: string,
  decoding: Decoding,
): Config | undefined {
  if (!simple) return undefined;
  const types = elementTypes(locationOfOrigin);
  const run = newRun(decoding);
  try {
    const document =
      quickJson(text) ??
      quickYaml(text, (list, item) => {
        const type = elementType(types, list);
        return type === undefined ? item : type.decode(item, type.zero, run);
      });
    return isObject(document) && isConfigV1(document)
      ? configFromV1(document, locationOfOrigin, decoding, types)
      : undefined;
  } catch (error) {
    // The full reader finds the position.
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function elementType(types: ElementTypes, list: string): GoType<TakenItem> | undefined {
  switch (list) {
    case "clusters":
    case "users":
    case "contexts":
      return types[list];
    default:
      return undefined;
  }
}

function isObject(value: QuickValue | undefined): value is QuickObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reports whether version and kind are those of a kubeconfig, or left out, and no other spelling of their names
 * interferes.
 */
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
