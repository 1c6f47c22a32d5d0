import type { Config } from "../../api/config.ts";
import { quickJson } from "../../yaml/quick/quick-json.ts";
import type { QuickObject, QuickValue } from "../../yaml/quick/quick-value.ts";
import { quickYaml } from "../../yaml/quick/quick-yaml.ts";
import { DecodeError } from "../typed.ts";
import type { Reader } from "../typed.ts";
import type { YamlInput } from "../../yaml/input.ts";
import { configFromV1, elementReaders } from "./from-v1.ts";
import type { DataReader, ElementReaders } from "./from-v1.ts";

/**
 * Reads a usual, valid kubeconfig by the quick readers.
 *
 * @param locationOfOrigin - set on every cluster, user and context
 * @param readData - reads certificates and keys
 * @returns undefined for a string that needs the full reader
 */
export function decodeFastPath(
  { text, simple }: YamlInput,
  locationOfOrigin: string,
  readData: DataReader,
): Config | undefined {
  if (!simple) return undefined;
  const readers = elementReaders(locationOfOrigin, readData);
  try {
    const document =
      quickJson(text) ?? quickYaml(text, (list, item) => elementReader(readers, list)?.(item) ?? item);
    return isObject(document) && isConfigV1(document)
      ? configFromV1(document, locationOfOrigin, readData)
      : undefined;
  } catch (error) {
    // The full reader finds the position.
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function elementReader(readers: ElementReaders, list: string): Reader<QuickValue> | undefined {
  switch (list) {
    case "clusters":
    case "users":
    case "contexts":
      return readers[list];
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
