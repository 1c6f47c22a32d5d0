import type { JsonObject, JsonValue } from "../api/json-value.ts";
import { toJsonValue } from "../go/to-json-value.ts";

/**
 * Makes a document of any object, by {@link toJsonValue}. Several objects become a `List`, as in `kubectl get`. Objects
 * of a list that lack apiVersion and kind get those of the list: a server leaves them out.
 *
 * @throws TypeError for what is not an object, or has no JSON
 */
export function toDocument(object: unknown): JsonObject {
  const document = toJsonValue(Array.isArray(object) ? listOf(object) : object);
  if (!(document instanceof Map)) {
    throw new TypeError(`printObject: cannot print ${object === null ? "null" : `a ${typeof object}`}`);
  }
  return withKindsOfItems(document as JsonObject);
}

function listOf(items: readonly unknown[]): object {
  return { apiVersion: "v1", items, kind: "List", metadata: { resourceVersion: "" } };
}

/** Gives the objects of a list the list's apiVersion and kind, where they have neither. apimachinery's `decodeToList`. */
function withKindsOfItems(document: JsonObject): JsonObject {
  const items = document.get("items");
  const kind = document.get("kind");
  if (!Array.isArray(items) || typeof kind !== "string" || kind === "List" || !kind.endsWith("List")) {
    return document;
  }
  const completed = items.map((item: JsonValue) =>
    item instanceof Map && !item.has("kind") && !item.has("apiVersion")
      ? new Map<string, JsonValue>([
          ["apiVersion", document.get("apiVersion") ?? ""],
          ["kind", kind.slice(0, -"List".length)],
          ...(item as JsonObject),
        ])
      : item,
  );
  return new Map([...document, ["items", completed]]);
}
