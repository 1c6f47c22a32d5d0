import type { AllowlistEntry, PolicyType } from "./plugin-policy.ts";

/** What would happen to every credential plugin that a kubeconfig names if a client needed it now. */
export interface PluginReport {
  /** The policy that decided. */
  readonly policy: PolicyReport;
  /** The plugin requirements files in force, all of which must allow a plugin; none if nothing is demanded. */
  readonly requirements: readonly RequirementsReport[];
  /** In the order of the users' names. */
  readonly plugins: readonly PluginOutcome[];
}

/** A plugin requirements file in force. */
export interface RequirementsReport {
  /** The file. */
  readonly file: string;
  /** Why it cannot be obeyed, so that no plugin may run; undefined if it can. */
  readonly fault: string | undefined;
}

/** The plugin policy in force. */
export interface PolicyReport {
  /** `AllowAll`, `DenyAll` or `Allowlist`; `""` where none is set, which allows all. */
  readonly credentialPluginPolicy: PolicyType;
  /** The kuberc that kubectl reads; undefined if there is none, or it is turned off. */
  readonly source: string | undefined;
  /** Undefined unless the policy is `Allowlist`. */
  readonly credentialPluginAllowlist: readonly AllowlistEntry[] | undefined;
  /** Whether it keeps any plugin from running. */
  readonly enforced: boolean;
  /** The warnings that kubectl prints while it loads the kuberc, then those about the policy. */
  readonly warnings: readonly string[];
  /** Whether the kuberc has a policy that kubectl does not honour: it fails open. */
  readonly ignored: boolean;
}

/** What would happen to one user's plugin. */
export interface PluginOutcome {
  /** The name of the user. */
  readonly user: string;
  /** The names of the contexts that use it, sorted. */
  readonly contexts: readonly string[];
  /** The command as the file has it. */
  readonly command: string;
  /** The file that would run; undefined if there is none. */
  readonly resolvedPath: string | undefined;
  /** `allowed`: it would start. `denied`: it is refused. `missing`: nothing refuses it, but it could not start. */
  readonly status: "allowed" | "denied" | "missing";
  /** The entry of the allowlist that allows it. */
  readonly matchedEntry: AllowlistEntry | undefined;
  /** Why; client-go's words where it does not run. */
  readonly reason: string;
  /**
   * The rule that decided, as of `decidePlugin`; `invalid-exec` for a user whose exec cannot be used, and `leads-to-itself`.
   */
  readonly rule: string;
  /** The digests `sha256:…` of which plugin requirements demand one, and that of the file; undefined if they demand none. */
  readonly digests: DigestReport | undefined;
  /** The kubeconfig that the user comes from. */
  readonly origin: string;
}

/** The digests of a plugin. */
export interface DigestReport {
  /** The digests of which its file must have one. */
  readonly demanded: readonly string[];
  /** The digest of its file; undefined if it could not be read. */
  readonly found: string | undefined;
}
