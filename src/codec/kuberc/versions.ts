import type { WireAllowlistEntry, WirePreference } from "../../api/kuberc-fields.ts";
import { PREFERENCE_FIELDS } from "../../api/kuberc-fields.ts";
import type { AllowlistEntry } from "../../api/plugin-policy.ts";
import type { AliasOverride, CommandDefaults, Preference } from "../../api/preference.ts";
import type { Decoded } from "../../api/wire-fields.ts";
import { INTERNAL_VERSION } from "../../api/wire-fields.ts";
import type { GoType } from "../json/decode-json.ts";
import type { TypeMeta } from "../json/type-meta.ts";
import { apiVersionOf } from "../json/type-meta.ts";
import { RefusedDocument } from "../json/wire-value.ts";
import { wireStruct } from "../json/wire-struct.ts";

/** The Go type of each version that kubectl reads. */
const VERSIONS: ReadonlyMap<string, GoType<Decoded<WirePreference>>> = new Map(
  ["v1beta1", "v1alpha1", INTERNAL_VERSION].map((version) => [
    version,
    wireStruct<WirePreference>(PREFERENCE_FIELDS, version),
  ]),
);

/**
 * Returns the Go type that kubectl decodes a document into.
 *
 * @throws RefusedDocument for a document of an unsupported kind or version
 */
export function kubercType(meta: TypeMeta): GoType<Decoded<WirePreference>> {
  const { group, version, kind } = meta;
  if (kind === "") {
    throw new RefusedDocument("Object 'Kind' is missing");
  }
  if (version === "") {
    throw new RefusedDocument("Object 'apiVersion' is missing");
  }
  const type = VERSIONS.get(version);
  if (group !== "kubectl.config.k8s.io" || kind !== "Preference" || type === undefined) {
    throw new RefusedDocument(`no kind "${kind}" is registered for version "${apiVersionOf(meta)}"`);
  }
  return type;
}

/**
 * Converts a decoded document into kubectl's internal type. kubectl's conversions.
 *
 * @throws RefusedDocument if both `name` and `command` of an allowlist entry are set, and differ
 */
export function preferenceOf(document: Decoded<WirePreference>): Preference {
  const { defaults = [], aliases = [], credentialPluginPolicy, credentialPluginAllowlist } = document;
  return {
    defaults: defaults.map(commandDefaults),
    aliases: aliases.map(aliasOverride),
    pluginPolicy: {
      credentialPluginPolicy,
      credentialPluginAllowlist: credentialPluginAllowlist?.map(allowlistEntry),
    },
  };
}

function commandDefaults({ options = [], ...entry }: Decoded<CommandDefaults>): CommandDefaults {
  return { ...entry, options };
}

function aliasOverride(alias: Decoded<AliasOverride>): AliasOverride {
  const { prependArgs = [], appendArgs = [], options = [], ...entry } = alias;
  return { ...entry, prependArgs, appendArgs, options };
}

function allowlistEntry({ name, ...entry }: WireAllowlistEntry): AllowlistEntry {
  if (name !== "" && entry.command !== "" && name !== entry.command) {
    throw new RefusedDocument(
      "both `Name` and `Command` were supplied with different values. `Name` is deprecated, use `Command` instead",
    );
  }
  return { ...entry, command: entry.command || name };
}
