import type { JsonObject } from "../api/json-value.ts";
import { itemsOf } from "./items-of.ts";
import { PrintError } from "./print-error.ts";

/**
 * Prints `kind.group/name`, for each object of a list. A kubeconfig and a kuberc have no name of their own. cli-runtime's
 * `NamePrinter`.
 *
 * @param operation - what was done, as `created`, which follows the name; `""` for none
 * @throws PrintError for an object without apiVersion and kind
 */
export function printNames(document: JsonObject, operation = ""): string {
  const end = operation === "" ? "\n" : ` ${operation}\n`;
  const objects = itemsOf(document) ?? [document];
  return objects.map((object) => `${groupKind(object)}/${nameOf(object)}${end}`).join("");
}

/** Returns the kind in lower case, with its group if it has one. */
function groupKind(document: JsonObject): string {
  const apiVersion = textOf(document, "apiVersion");
  const kind = textOf(document, "kind");
  if (apiVersion === "" && kind === "") {
    throw new PrintError(
      "missing apiVersion or kind; try GetObjectKind().SetGroupVersionKind() if you know the type",
    );
  }
  const [group = "", version] = apiVersion.split("/");
  return kind === "" ? "<unknown>" : (version === undefined ? kind : `${kind}.${group}`).toLowerCase();
}

function nameOf(document: JsonObject): string {
  const metadata = document.get("metadata");
  const name = metadata instanceof Map ? textOf(metadata as JsonObject, "name") : "";
  return name === "" ? "<unknown>" : name;
}

function textOf(document: JsonObject, key: string): string {
  const value = document.get(key);
  return typeof value === "string" ? value : "";
}
