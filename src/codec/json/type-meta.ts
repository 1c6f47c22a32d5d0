import type { GoType } from "./decode-json.ts";
import { decodeJson, STRING, structOf } from "./decode-json.ts";
import type { WireValue } from "./wire-value.ts";
import { RefusedDocument } from "./wire-value.ts";

/** The group, version and kind of a document. */
export interface TypeMeta {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

const TYPE_META: GoType<{ readonly apiVersion: string; readonly kind: string }> = structOf(
  { apiVersion: "", kind: "" },
  new Map([
    ["apiversion", { key: "apiVersion", type: STRING }],
    ["kind", { key: "kind", type: STRING }],
  ]),
);

/**
 * Reads the apiVersion and kind of a document, as apimachinery's `SimpleMetaFactory.Interpret`: keys match regardless of
 * case (`KIND` counts here, although it is an unknown field afterwards), and the last one counts.
 *
 * @param what - the expected kind of document, for errors: `a kuberc`
 * @throws TypeMismatch for a document that is not a mapping, or a field that is not a string
 * @throws RefusedDocument for an apiVersion of more than two parts
 */
export function interpretTypeMeta(document: WireValue, what: string): TypeMeta {
  const prefix = "couldn't get version/kind; ";
  const { apiVersion, kind } = decodeJson(TYPE_META, document, { what, prefix, foldsCase: true });
  return { ...splitApiVersion(apiVersion), kind };
}

/** Splits an apiVersion. apimachinery's `ParseGroupVersion`. */
function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const [first = "", second, ...more] = apiVersion.split("/");
  if (more.length > 0) {
    throw new RefusedDocument(`unexpected GroupVersion string: ${apiVersion}`);
  }
  return second === undefined ? { group: "", version: first } : { group: first, version: second };
}

/** Joins a group and a version to an apiVersion. */
export function apiVersionOf({ group, version }: Pick<TypeMeta, "group" | "version">): string {
  return group === "" ? version : `${group}/${version}`;
}
