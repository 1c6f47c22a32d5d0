import type { JsonObject } from "../../api/json-value.ts";
import { PREFERENCE_FIELDS } from "../../api/kuberc-fields.ts";
import { encodeFields } from "../json/encode-fields.ts";
import type { KubercDocument } from "./read-document.ts";

/**
 * Turns a kuberc into the document that `kubectl kuberc view` prints: in v1beta1's form, whatever the version, fields in
 * the order of kubectl's types, those that are empty left out where kubectl leaves them out. Of a v1alpha1 file kubectl
 * itself prints only what is spelt as in v1beta1.
 *
 * @param document - undefined for an empty kuberc
 */
export function encodeKuberc(document: KubercDocument | undefined): JsonObject {
  const { defaults = [], aliases = [], ...fields } = document?.fields ?? {};
  return encodeFields(PREFERENCE_FIELDS, {
    ...fields,
    defaults,
    aliases,
    kind: "Preference",
    apiVersion: "kubectl.config.k8s.io/v1beta1",
  });
}
