import type { AuthInfo } from "../api/auth-info.ts";
import type { Config } from "../api/config.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import { ALLOW_ALL, NO_POLICY } from "../api/plugin-policy.ts";
import type { PluginOutcome, PolicyReport } from "../api/plugin-report.ts";
import { credentialBefore, execFaults } from "../clientcmd/exec-faults.ts";
import { filepathFor } from "../clientcmd/filepath.ts";
import { resolveLocalPaths } from "../clientcmd/paths.ts";
import { compareGoStrings } from "../codec/go-order.ts";
import type { KubercDocument } from "../codec/kuberc/read-document.ts";
import type { WireValue } from "../codec/kuberc/wire-value.ts";
import { membersOf } from "../codec/kuberc/wire-value.ts";
import { KcfgError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { findIgnoredPolicies } from "../kuberc/ignored-policy.ts";
import { ALLOWLIST_FIELD } from "../kuberc/policy-fields.ts";
import { validatePreference } from "../kuberc/validate.ts";
import type { PluginDecision } from "../policy/decide.ts";
import { decidePlugin } from "../policy/decide.ts";
import { reasonOf } from "../policy/reason.ts";
import type { LoadedKuberc } from "./load-kuberc.ts";
import { defaultKubercFile, loadKuberc } from "./load-kuberc.ts";
import { executableFacts } from "./look-path.ts";

/** The plugin policy of the kuberc that applies, as kubectl sees it. */
export interface LoadedPolicy {
  readonly policy: PluginPolicy;
  readonly report: PolicyReport;
}

/**
 * Loads the plugin policy of the kuberc that applies.
 *
 * @param explicitKuberc - the value of `--kuberc`; `""` for none
 * @param warn - told each warning of the report, also those that explain an error that is thrown then
 * @throws KubercError for a kuberc that kubectl refuses to work with
 * @throws PluginPolicyError for a policy that makes no sense
 */
export function loadPluginPolicy(
  host: Host,
  explicitKuberc: string,
  warn: (warning: string) => void,
): LoadedPolicy {
  const kuberc = loadKuberc(host, explicitKuberc);
  const policy = kuberc.preference?.pluginPolicy ?? NO_POLICY;
  const report = reportPolicy(host, kuberc, policy);
  report.warnings.forEach(warn);
  if (kuberc.preference !== undefined) {
    validatePreference(kuberc.preference, filepathFor(host));
  }
  return { policy, report };
}

/**
 * Decides about every exec plugin of a config, in the order of the users' names. Runs none of them.
 *
 * @param config - with paths as they are written in the files
 */
export function judgePlugins(host: Host, config: Config, policy: PluginPolicy): readonly PluginOutcome[] {
  const resolved = resolveLocalPaths(config, filepathFor(host), host.cwd());
  const contexts = contextsByUser(config);
  return [...config.authInfos]
    .toSorted(([a], [b]) => compareGoStrings(a, b))
    .flatMap(([name, user]) => {
      const command = resolved.authInfos.get(name)?.exec?.command;
      return user.exec === undefined || command === undefined
        ? []
        : [judgePlugin(host, name, user, command, contexts.get(name) ?? [], policy)];
    });
}

function judgePlugin(
  host: Host,
  name: string,
  user: AuthInfo,
  command: string,
  contexts: readonly string[],
  policy: PluginPolicy,
): PluginOutcome {
  const decision = decidePlugin(policy, command, filepathFor(host), executableFacts(host));
  return {
    user: name,
    contexts,
    command: user.exec?.command ?? "",
    ...outcomeOf(name, user, decision),
    origin: user.locationOfOrigin,
  };
}

/** The names of the contexts of each user, sorted. */
function contextsByUser(config: Config): ReadonlyMap<string, readonly string[]> {
  const contexts = new Map<string, string[]>();
  for (const name of [...config.contexts.keys()].toSorted(compareGoStrings)) {
    const user = config.contexts.get(name)?.authInfo ?? "";
    const names = contexts.get(user) ?? [];
    names.push(name);
    contexts.set(user, names);
  }
  return contexts;
}

function outcomeOf(
  name: string,
  user: AuthInfo,
  decision: PluginDecision,
): Pick<PluginOutcome, "resolvedPath" | "status" | "matchedEntry" | "reason"> {
  const { resolvedPath, status, matchedEntry } = decision;
  // client-go finds faults of the configuration before it comes to the policy.
  const faults = execFaults(name, user);
  if (faults.length > 0) {
    return { resolvedPath, status: "denied", matchedEntry: undefined, reason: faults.join("; ") };
  }
  const credential = credentialBefore(user);
  const note = credential === undefined ? "" : `; the user's ${credential} is used instead of it`;
  return { resolvedPath, status, matchedEntry, reason: `${reasonOf(decision)}${note}` };
}

function reportPolicy(host: Host, kuberc: LoadedKuberc, policy: PluginPolicy): PolicyReport {
  const { location, preference, content } = kuberc;
  const ignored = content === undefined ? [] : findIgnoredPolicies(content);
  const file = location?.file ?? "";
  const isUnusable = location !== undefined && preference === undefined && kuberc.warnings.length > 0;
  return {
    type: policy.policyType,
    source: preference === undefined ? undefined : file,
    allowlist: policy.allowlist,
    enforced: policy.policyType !== "" && policy.policyType !== ALLOW_ALL,
    warnings: [
      ...kuberc.warnings,
      ...(isUnusable
        ? [`${file} is not used, so every plugin may run; mend it, or remove it if it is not wanted`]
        : []),
      ...ignored.map(
        ({ line, message, mend }) => `${file}${line === undefined ? "" : `:${line}`}: ${message}; ${mend}`,
      ),
      ...(content?.used !== undefined && usesCommand(content.used)
        ? [
            `${file}: the allowlist names executables by command, which kubectl 1.35 refuses; name says the same to all`,
          ]
        : []),
      ...(location === undefined ? warnTurnedOff(host) : []),
    ],
    ignored: isUnusable || ignored.length > 0,
  };
}

/** Whether an entry of the allowlist has only the field that came with kubectl 1.36. */
function usesCommand({ value, meta }: KubercDocument): boolean {
  const entries = new Map(membersOf(value) ?? []).get(ALLOWLIST_FIELD);
  return (
    meta?.version === "v1beta1" &&
    Array.isArray(entries) &&
    entries.some((entry: WireValue) => {
      const fields = new Map(membersOf(entry) ?? []);
      return fields.has("command") && !fields.has("name");
    })
  );
}

/** Whoever turned kuberc off may have forgotten the policy in it. */
function warnTurnedOff(host: Host): readonly string[] {
  const file = defaultKubercFile(host);
  try {
    const content = loadKuberc({ ...host, env: { ...host.env, KUBERC: file, KUBECTL_KUBERC: "" } }, "");
    const type = content.preference?.pluginPolicy.policyType ?? "";
    return type === "" || type === ALLOW_ALL
      ? []
      : [`${file} sets the policy ${type}, but the environment turns kuberc off (KUBERC or KUBECTL_KUBERC)`];
  } catch (error) {
    if (error instanceof KcfgError) {
      return [];
    }
    throw error;
  }
}
