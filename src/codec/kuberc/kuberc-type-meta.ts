import { RefusedDocument } from "./refused-document.ts";
import type { WireValue } from "./wire-value.ts";
import { membersOf } from "./wire-value.ts";

/** The group of every kuberc. */
export const GROUP = "kubectl.config.k8s.io";

/** The version of kubectl's own, internal type. Nobody should write it, but kubectl reads it. */
export const INTERNAL_VERSION = "__internal";

/** What a document says it is. */
export interface TypeMeta {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/**
 * Finds what a document says it is, as apimachinery's `SimpleMetaFactory.Interpret`: keys match whatever their case
 * (`KIND` counts here, although it is an unknown field afterwards), and the last one counts.
 *
 * @throws RefusedDocument when it cannot be told
 */
export function interpretTypeMeta(document: WireValue): TypeMeta {
  const found = { apiversion: "", kind: "" };
  const members = document === null ? [] : membersOf(document);
  if (members === undefined) {
    throw new RefusedDocument("couldn't get version/kind; a kuberc must be a mapping");
  }
  for (const [key, value] of members) {
    const field = foldCase(key);
    if ((field === "apiversion" || field === "kind") && value !== null) {
      if (typeof value !== "string") {
        throw new RefusedDocument(`couldn't get version/kind; ${key} must be a string`);
      }
      found[field] = value;
    }
  }
  return { ...splitApiVersion(found.apiversion), kind: found.kind };
}

/** Unicode simple folding, as far as it reaches ASCII: U+017F folds to s and U+212A to k. */
export function foldCase(key: string): string {
  return key.toLowerCase().replaceAll("\u017F", "s").replaceAll("\u212A", "k");
}

/** apimachinery's `ParseGroupVersion`. */
function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const parts = apiVersion.split("/");
  const [first = "", second = ""] = parts;
  if (apiVersion === "" || apiVersion === "/") {
    return { group: "", version: "" };
  }
  if (parts.length > 2) {
    throw new RefusedDocument(`unexpected GroupVersion string: ${apiVersion}`);
  }
  return parts.length === 1 ? { group: "", version: first } : { group: first, version: second };
}

/** Why a document is none that kubectl uses; undefined if it is a kuberc of a version that is known. */
export function refusedTypeMeta({ group, version, kind }: TypeMeta): string | undefined {
  if (kind === "") {
    return "Object 'Kind' is missing";
  }
  if (version === "") {
    return "Object 'apiVersion' is missing";
  }
  return group === GROUP && kind === "Preference" && VERSIONS.has(version)
    ? undefined
    : `no kind "${kind}" is registered for version "${group === "" ? "" : `${group}/`}${version}"`;
}

const VERSIONS: ReadonlySet<string> = new Set(["v1beta1", "v1alpha1", INTERNAL_VERSION]);
