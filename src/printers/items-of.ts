import type { JsonObject } from "../api/json-value.ts";

/** Returns the objects of a list; undefined for what is none. apimachinery's `Unstructured.IsList`. */
export function itemsOf(document: JsonObject): readonly JsonObject[] | undefined {
  const items = document.get("items");
  return Array.isArray(items) ? items.filter((item): item is JsonObject => item instanceof Map) : undefined;
}
