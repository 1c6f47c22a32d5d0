import type { Config } from "../../api/config.ts";
import type { Section } from "../../api/fields.ts";
import { PREFERENCES_FIELDS, SECTIONS } from "../../api/fields.ts";
import type { JsonObject, JsonValue } from "../../api/json-value.ts";
import { encodeExtensions, encodeFields, encodeNamed, withoutUndefined } from "../json/encode-fields.ts";

/**
 * Returns the v1 document of a Config, as `kubectl config view -o json` prints it: fields in the order of client-go's
 * v1 types and entries sorted by name. A list without entries is null, as in kubectl.
 */
export function configToV1(config: Config): JsonObject {
  const preferences = encodeFields(PREFERENCES_FIELDS, config.preferences);
  return withoutUndefined([
    ["kind", "Config"],
    ["apiVersion", "v1"],
    ["preferences", preferences.size === 0 ? undefined : preferences],
    ["clusters", sectionToV1(SECTIONS.clusters, config)],
    ["users", sectionToV1(SECTIONS.users, config)],
    ["contexts", sectionToV1(SECTIONS.contexts, config)],
    ["current-context", config.currentContext],
    ["extensions", encodeExtensions(config.extensions)],
  ]);
}

function sectionToV1({ property, entry, fields }: Section, config: Config): JsonValue {
  return encodeNamed<object>(config[property], entry, (noun) => encodeFields(fields, noun)) ?? null;
}
