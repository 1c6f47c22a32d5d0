import type { JsonValue } from "../../api/json-value.ts";
import { compareGoStrings } from "../../go/order.ts";
import { goQuote } from "../../go/quote.ts";

/** The apiVersion and kind of a document, or why they cannot be read. */
export type TypeMeta =
  | { readonly apiVersion: string; readonly kind: string }
  | { readonly reason: string; readonly path: readonly string[] };

/**
 * Finds apiVersion and kind as apimachinery's `SimpleMetaFactory.Interpret` does: with Go's case-insensitive
 * matching (`KIND` and `apiversion` count here, although they do not when the fields are decoded), the last in
 * sorted order winning.
 */
export function interpretTypeMeta(document: JsonValue): TypeMeta {
  if (document === null) {
    return { apiVersion: "", kind: "" };
  }
  if (!(document instanceof Map)) {
    return { reason: "couldn't get version/kind; a kubeconfig must be a mapping", path: [] };
  }
  const found = { apiVersion: "", kind: "" };
  const keys = [...document.keys()]
    .filter((key: string) => FIELDS.has(foldCase(key)))
    .toSorted(compareGoStrings);
  for (const key of keys) {
    const field = FIELDS.get(foldCase(key));
    const value: JsonValue = document.get(key) ?? null;
    if (value === null || field === undefined) {
      continue;
    }
    if (typeof value !== "string") {
      return { reason: `couldn't get version/kind; ${key} must be a string`, path: [key] };
    }
    found[field] = value;
  }
  return found;
}

const FIELDS: ReadonlyMap<string, "apiVersion" | "kind"> = new Map([
  ["apiversion", "apiVersion"],
  ["kind", "kind"],
]);

/** Folds a key by Unicode simple folding, as far as it reaches ASCII: U+017F folds to s and U+212A to k. */
function foldCase(key: string): string {
  return key.toLowerCase().replaceAll("\u017F", "s").replaceAll("\u212A", "k");
}

/**
 * Returns why the document is not a kubeconfig, in apimachinery's words; undefined for `v1` `Config` and for omitted
 * fields: a missing kind is Config, a missing version v1.
 */
export function refusedTypeMeta(meta: {
  readonly apiVersion: string;
  readonly kind: string;
}): string | undefined {
  const slashes = meta.apiVersion.split("/").length - 1;
  if (slashes > 1) {
    return `unexpected GroupVersion string: ${meta.apiVersion}`;
  }
  const [group, version] =
    slashes === 0
      ? ["", meta.apiVersion]
      : [meta.apiVersion.split("/")[0] ?? "", meta.apiVersion.split("/")[1] ?? ""];
  if (version === "" && group !== "") {
    return "Object 'apiVersion' is missing";
  }
  const groupVersion = `${group === "" ? "" : `${group}/`}${version === "" ? "v1" : version}`;
  const kind = meta.kind === "" ? "Config" : meta.kind;
  return groupVersion === "v1" && kind === "Config"
    ? undefined
    : `no kind ${goQuote(kind)} is registered for version ${goQuote(groupVersion)}`;
}
