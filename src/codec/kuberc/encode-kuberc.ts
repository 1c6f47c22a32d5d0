import type { JsonObject } from "../../api/json-value.ts";
import type { WirePreference } from "../../api/kuberc-fields.ts";
import { PREFERENCE_FIELDS } from "../../api/kuberc-fields.ts";
import type { Decoded } from "../../api/wire-fields.ts";
import { decodeJson } from "../json/decode-json.ts";
import { encodeFields } from "../json/encode-fields.ts";
import type { KubercDocument } from "./read-document.ts";
import { kubercType } from "./versions.ts";

/**
 * Turns a kuberc into the document that `kubectl kuberc view` prints: in v1beta1's form, whatever the version, fields in
 * the order of kubectl's types, those that are empty left out where kubectl leaves them out. Of a v1alpha1 file kubectl
 * itself prints only what is spelt as in v1beta1.
 *
 * @param document - one that kubectl uses; undefined for an empty kuberc
 */
export function encodeKuberc(document: KubercDocument | undefined): JsonObject {
  const { defaults = [], aliases = [], ...fields } = document === undefined ? {} : fieldsOf(document);
  return encodeFields(PREFERENCE_FIELDS, {
    ...fields,
    defaults,
    aliases,
    kind: "Preference",
    apiVersion: "kubectl.config.k8s.io/v1beta1",
  });
}

/** Returns the fields of a document, as kubectl reads it for this: into a map first, so that of repeated keys the last counts. */
function fieldsOf({ meta, value }: KubercDocument): Partial<Decoded<WirePreference>> {
  return meta === undefined
    ? {}
    : decodeJson(kubercType(meta), value, { what: "a kuberc", lastCounts: true });
}
