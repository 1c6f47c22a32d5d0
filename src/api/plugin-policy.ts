/** Every plugin may run; an empty policy means the same. */
export const ALLOW_ALL = "AllowAll";
/** No plugin may run. */
export const DENY_ALL = "DenyAll";
/** Only plugins that the allowlist allows may run. */
export const ALLOWLIST = "Allowlist";

/** A policy; `""` means that none is set, which allows all. A file may hold any other string, which is refused. */
export type PolicyType = "" | typeof ALLOW_ALL | typeof DENY_ALL | typeof ALLOWLIST;

/**
 * Which credential plugins may run, in the words of a kuberc: client-go's `clientcmd/api.PluginPolicy`. As read, it may be
 * one that `validatePluginPolicy` refuses.
 */
export interface PluginPolicy {
  /** `AllowAll`, `DenyAll` or `Allowlist`; other strings are kept as read and refused. */
  readonly credentialPluginPolicy: PolicyType;
  /** For `Allowlist` only. `undefined` where the file has none or null, which is not the same as an empty list. */
  readonly credentialPluginAllowlist?: readonly AllowlistEntry[] | undefined;
}

/** One executable that the policy `Allowlist` allows. */
export interface AllowlistEntry {
  /** A path, or a name that is looked up in PATH. kuberc calls it `name` or, since kubectl 1.36, `command`. */
  readonly command: string;
}

/** The policy of a client without one: every plugin may run. */
export const NO_POLICY: PluginPolicy = { credentialPluginPolicy: "", credentialPluginAllowlist: undefined };
