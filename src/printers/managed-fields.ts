import type { JsonObject, JsonValue } from "../api/json-value.ts";

/** Returns an object, or a list of them, without `metadata.managedFields`. cli-runtime's `OmitManagedFieldsPrinter`. */
export function withoutManagedFields(document: JsonObject): JsonObject {
  const items = document.get("items");
  if (!Array.isArray(items)) {
    return strip(document);
  }
  const stripped = (items as readonly JsonValue[]).map((item) =>
    item instanceof Map ? strip(item as JsonObject) : item,
  );
  return new Map<string, JsonValue>([...document, ["items", stripped]]);
}

function strip(object: JsonObject): JsonObject {
  const metadata = object.get("metadata");
  if (!(metadata instanceof Map) || !metadata.has("managedFields")) {
    return object;
  }
  const others = [...(metadata as JsonObject)].filter(([key]) => key !== "managedFields");
  return new Map([...object, ["metadata", new Map(others)]]);
}
