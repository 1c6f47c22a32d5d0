import type { AllowlistEntry, PluginPolicy } from "./plugin-policy.ts";
import type { AliasOverride, CommandDefaults, CommandOptionDefault, Preference } from "./preference.ts";
import type { TypeMetaFields, WireTable } from "./wire-fields.ts";
import { INTERNAL_VERSION, TYPE_META_FIELDS } from "./wire-fields.ts";

/** An entry of the allowlist in a file: its command is called `name` too. */
export interface WireAllowlistEntry extends AllowlistEntry {
  readonly name: string;
}

/** A kuberc as it is in a file. */
export interface WirePreference
  extends TypeMetaFields, Omit<Preference, "pluginPolicy">, Omit<PluginPolicy, "credentialPluginAllowlist"> {
  readonly credentialPluginAllowlist: readonly WireAllowlistEntry[] | undefined;
}

/** The fields of a kuberc, each once, as v1beta1 has them: reading, viewing and editing follow from its row. */
export const OPTION_FIELDS = {
  name: { wire: "name", kind: "string", always: true },
  default: { wire: "default", kind: "string", always: true },
} as const satisfies WireTable<CommandOptionDefault>;

const OPTIONS = { wire: "options", in: { v1alpha1: "flags" }, kind: "list", of: OPTION_FIELDS } as const;

export const DEFAULTS_FIELDS = {
  command: { wire: "command", kind: "string", always: true },
  options: { ...OPTIONS, always: true },
} as const satisfies WireTable<CommandDefaults>;

export const ALIAS_FIELDS = {
  name: { wire: "name", kind: "string", always: true },
  command: { wire: "command", kind: "string", always: true },
  prependArgs: { wire: "prependArgs", kind: "strings" },
  appendArgs: { wire: "appendArgs", kind: "strings" },
  options: OPTIONS,
} as const satisfies WireTable<AliasOverride>;

const ALLOWLIST_ENTRY_FIELDS = {
  name: { wire: "name", in: { [INTERNAL_VERSION]: null }, kind: "string" },
  command: { wire: "command", kind: "string" },
} as const satisfies WireTable<WireAllowlistEntry>;

export const PREFERENCE_FIELDS = {
  ...TYPE_META_FIELDS,
  defaults: {
    wire: "defaults",
    in: { v1alpha1: "overrides" },
    kind: "list",
    of: DEFAULTS_FIELDS,
    always: true,
  },
  aliases: { wire: "aliases", kind: "list", of: ALIAS_FIELDS, always: true },
  credentialPluginPolicy: { wire: "credentialPluginPolicy", in: { v1alpha1: null }, kind: "string" },
  credentialPluginAllowlist: {
    wire: "credentialPluginAllowlist",
    in: { v1alpha1: null },
    kind: "list",
    of: ALLOWLIST_ENTRY_FIELDS,
  },
} as const satisfies WireTable<WirePreference>;
