import type { TypeMetaFields, WireTable } from "./wire-fields.ts";
import { TYPE_META_FIELDS } from "./wire-fields.ts";

/**
 * What is demanded of a credential plugin. The conditions of an entry must all hold; a plugin may run if one of the
 * entries allows it.
 */
export interface PluginRequirement {
  /** The executable, as an entry of the kuberc's allowlist names it: a path, or a name that is looked up in PATH. */
  readonly command: string;
  /** Digests `sha256:…`, one of which its file must have; undefined for any content. */
  readonly digest: readonly string[] | undefined;
  /** The arguments that it must have: `*` is any one, `**` at the end any further ones. Undefined for any. */
  readonly args: readonly string[] | undefined;
  /**
   * The variables that a kubeconfig may set for it. Undefined for all but those that give control over any program, such
   * as LD_PRELOAD.
   */
  readonly env: readonly string[] | undefined;
}

/** The content of a plugin requirements file. */
export interface PluginRequirements {
  /** The entries; without any, no plugin may run. */
  readonly plugins: readonly PluginRequirement[];
}

/** Plugin requirements as they are in a file. */
export interface WireRequirements extends TypeMetaFields, PluginRequirements {}

/** The apiVersion of a requirements file. */
export const REQUIREMENTS_VERSION = "kcfg/v1alpha1";
/** The kind of a requirements file. */
export const REQUIREMENTS_KIND = "PluginRequirements";

/** The fields of an entry, each once: reading, writing and the JSON Schema follow from its row. */
export const REQUIREMENT_FIELDS = {
  command: { wire: "command", kind: "string", always: true },
  digest: { wire: "digest", kind: "strings", orOne: true },
  args: { wire: "args", kind: "strings" },
  env: { wire: "env", kind: "strings" },
} as const satisfies WireTable<PluginRequirement>;

/** The fields of a requirements file. */
export const REQUIREMENTS_FIELDS = {
  ...TYPE_META_FIELDS,
  plugins: { wire: "plugins", kind: "list", of: REQUIREMENT_FIELDS, always: true },
} as const satisfies WireTable<WireRequirements>;
