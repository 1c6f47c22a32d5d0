/** Every plugin may run; an empty policy means the same. */
export const ALLOW_ALL = "AllowAll";
/** No plugin may run. */
export const DENY_ALL = "DenyAll";
/** Only plugins that the allowlist allows may run. */
export const ALLOWLIST = "Allowlist";

/**
 * Which credential plugins may run: client-go's `clientcmd/api.PluginPolicy`. As read, it may be one that
 * `validatePluginPolicy` refuses.
 */
export interface PluginPolicy {
  /** `AllowAll`, `DenyAll`, `Allowlist` or `""`; other strings are kept as read and refused. */
  readonly policyType: string;
  /** `undefined` where the file has none or null, which is not the same as an empty list. */
  readonly allowlist: readonly AllowlistEntry[] | undefined;
}

/** One executable that the policy `Allowlist` allows. */
export interface AllowlistEntry {
  /** A path, or a name that is looked up in PATH. kuberc calls it `name` or, since kubectl 1.36, `command`. */
  readonly command: string;
}

/** The policy of a client without one: every plugin may run. */
export const NO_POLICY: PluginPolicy = { policyType: "", allowlist: undefined };
