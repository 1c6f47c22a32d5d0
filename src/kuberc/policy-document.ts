import type { PluginPolicy } from "../api/plugin-policy.ts";
import { ALLOWLIST, DENY_ALL } from "../api/plugin-policy.ts";
import type { JsonObject } from "../api/json-value.ts";
import { writeYaml } from "../yaml/write.ts";
import { ALLOWLIST_FIELD, POLICY_FIELD } from "./policy-fields.ts";

/** The narrowest policy that lets these executables run, each named by its full path; without any, none may run. */
export function narrowestPolicy(paths: Iterable<string>): PluginPolicy {
  const allowlist = [...new Set(paths)].map((command) => ({ command }));
  return allowlist.length === 0
    ? { policyType: DENY_ALL, allowlist: undefined }
    : { policyType: ALLOWLIST, allowlist };
}

/** A whole kuberc, as YAML, that holds a policy and nothing else. */
export function writePolicyDocument(policy: PluginPolicy): string {
  const head = "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n";
  const list = policy.allowlist === undefined ? [] : [`${ALLOWLIST_FIELD}:`, ...entryLines(policy.allowlist)];
  return head + [`${POLICY_FIELD}: ${policy.policyType}`, ...list, ""].join("\n");
}

/**
 * The lines of the entries of an allowlist, beginning with `- `. The field is `name`, which kubectl 1.35 and 1.36 both
 * know.
 */
export function entryLines(allowlist: readonly { readonly command: string }[]): readonly string[] {
  const list = allowlist.map(({ command }): JsonObject => new Map([["name", command]]));
  return list.length === 0
    ? []
    : writeYaml(new Map([["list", list]]))
        .split("\n")
        .slice(1, -1);
}
