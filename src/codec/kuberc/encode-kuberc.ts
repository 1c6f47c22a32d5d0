import type { JsonObject } from "../../api/json-value.ts";
import type { WirePreference } from "../../api/kuberc-fields.ts";
import { PREFERENCE_FIELDS } from "../../api/kuberc-fields.ts";
import type { Decoded } from "../../api/wire-fields.ts";
import { decodeJson } from "../json/decode-json.ts";
import { encodeFields } from "../json/encode-fields.ts";
import type { KubercDocument } from "./read-document.ts";
import { kubercType } from "./versions.ts";

/**
 * Converts a kuberc to the document that `kubectl kuberc view` prints: as v1beta1, whatever its version, with fields in
 * the order of kubectl's types, and without empty fields where kubectl omits them. Of a v1alpha1 file kubectl itself
 * prints only the fields that have the same name in v1beta1.
 *
 * @param document - the one that kubectl uses; undefined for an empty kuberc
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

/** Returns the fields of a document as kubectl reads them here: into a map first, so that the last of repeated keys counts. */
function fieldsOf({ meta, value }: KubercDocument): Partial<Decoded<WirePreference>> {
  return meta === undefined
    ? {}
    : decodeJson(kubercType(meta), value, { what: "a kuberc", lastCounts: true });
}
