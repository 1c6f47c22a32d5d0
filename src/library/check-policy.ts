import type { PluginPolicy } from "../api/plugin-policy.ts";
import { ALLOW_ALL, ALLOWLIST, DENY_ALL } from "../api/plugin-policy.ts";
import { checkOptions } from "../check-options.ts";
import { PluginPolicyError } from "../errors.ts";
import { filepathFor } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import type { Host } from "../host/host.ts";
import { policyFault } from "../policy/validate-policy.ts";

const POLICIES = [ALLOW_ALL, DENY_ALL, ALLOWLIST];

/**
 * Refuses what is no plugin policy: a misspelt field must not mean that every plugin may run. So a policy that sets nothing
 * is refused too, unless it says so by `""`, as a kuberc without a policy is read.
 *
 * @param name - of what has the policy, for the message
 * @throws TypeError
 */
export function checkPolicyFields(name: string, policy: PluginPolicy): void {
  const kinds = { credentialPluginPolicy: "string", credentialPluginAllowlist: "array" } as const;
  const { credentialPluginPolicy, credentialPluginAllowlist = [] } = checkOptions<PluginPolicy>(
    name,
    kinds,
    policy,
  );
  if (credentialPluginPolicy === undefined) {
    throw new TypeError(`${name}: credentialPluginPolicy is missing; write one of ${POLICIES.join(", ")}`);
  }
  credentialPluginAllowlist.forEach((entry: unknown, index) => {
    const isEntry =
      typeof entry === "object" &&
      entry !== null &&
      Object.keys(entry).join(",") === "command" &&
      typeof (entry as { readonly command: unknown }).command === "string";
    if (!isEntry) {
      throw new TypeError(
        `${name}: entry ${index + 1} of credentialPluginAllowlist must be { command: "…" }`,
      );
    }
  });
}

/**
 * Refuses a policy that a program gives and that cannot be in force, before anything needs it.
 *
 * @throws TypeError as {@link checkPolicyFields}
 * @throws PluginPolicyError in client-go's words, with what was probably meant
 */
export function checkPolicy(name: string, host: Host, policy: PluginPolicy | undefined): void {
  if (policy === undefined) {
    return;
  }
  checkPolicyFields(name, policy);
  const fault = policyFault(policy, filepathFor(host));
  if (fault !== undefined) {
    const written = policy.credentialPluginPolicy;
    const meant = POLICIES.find((each) => each.toLowerCase() === written.toLowerCase() && each !== written);
    throw new PluginPolicyError(meant === undefined ? fault : `${fault}; did you mean ${goQuote(meant)}?`);
  }
}
