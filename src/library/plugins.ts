import type { ExecCredentialStatus } from "../api/exec-credential.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import type { PluginReport } from "../api/plugin-report.ts";
import { filepathFor } from "../go/filepath.ts";
import type { ExecAuthenticator } from "../exec/authenticator.ts";
import { execAuthenticator as execAuthenticatorOn } from "../exec/authenticator.ts";
import { runPlugin as runPluginOn } from "../exec/run-once.ts";
import type { PluginCall } from "../exec/run-plugin.ts";
import type { Host } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import { judgePlugins, loadPluginPolicy } from "../loading/plugin-policy.ts";
import { loadConfig } from "../loading/load.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules } from "../loading/loading-rules.ts";
import { executableFacts } from "../loading/look-path.ts";
import type { PluginDecision } from "../policy/decide.ts";
import { decidePlugin as decidePluginWith } from "../policy/decide.ts";
import { validatePluginPolicy as validatePluginPolicyWith } from "../policy/validate-policy.ts";

/**
 * Tells what would become of every credential plugin that the kubeconfig names, if kubectl came to need it now: whether
 * it may run, why, and which file that would be. Runs none of them. What `kcfg check-plugins` reports.
 *
 * @param rules - which kubeconfigs; default: {@link defaultLoadingRules}
 * @param explicitFile - the value of `--kuberc`; default: none
 * @param host - default: the machine that Node runs on
 * @throws KubercError or PluginPolicyError for a kuberc that kubectl refuses to work with
 * @throws ConfigReadError or InvalidConfigurationError for kubeconfigs that cannot be loaded
 */
export function checkPlugins(rules?: LoadingRules, explicitFile = "", host: Host = nodeHost): PluginReport {
  const { policy, report } = loadPluginPolicy(host, explicitFile, () => undefined);
  // Commands are reported as they are written.
  const config = loadConfig(host, { ...(rules ?? defaultLoadingRules(host)), resolvePaths: false });
  return { policy: report, plugins: judgePlugins(host, config, policy) };
}

/**
 * Decides whether a credential plugin may run under a policy, as client-go decides just before it runs one. Whoever
 * runs plugins must ask before each run, and may start nothing but the decision's `resolvedPath`.
 *
 * @param command - of a config that {@link loadConfig} loaded, where one with a separator is absolute
 * @param host - default: the machine that Node runs on
 */
export function decidePlugin(policy: PluginPolicy, command: string, host: Host = nodeHost): PluginDecision {
  return decidePluginWith(policy, command, filepathFor(host), executableFacts(host));
}

/**
 * Refuses a plugin policy that makes no sense. client-go's `ValidatePluginPolicy`.
 *
 * @param host - whose rules for paths count; default: the machine that Node runs on
 * @throws PluginPolicyError in client-go's words
 */
export function validatePluginPolicy(policy: PluginPolicy, host: Host = nodeHost): void {
  validatePluginPolicyWith(policy, filepathFor(host));
}

/**
 * Makes what gets credentials from a plugin and keeps them while they are good; the plugin runs under the policy of the
 * call, and not before it is needed. `connect` does so by itself. client-go's `exec.Authenticator`.
 *
 * @param host - default: the machine that Node runs on
 * @throws ExecPluginError for an apiVersion that plugins no longer speak
 * @throws PluginPolicyError for a policy that makes no sense
 */
export function execAuthenticator(call: PluginCall, host: Host = nodeHost): ExecAuthenticator {
  return execAuthenticatorOn(host, call);
}

/**
 * Runs a credential plugin once, if the policy of the call lets it, and gives what it answered.
 *
 * @param signal - kills the plugin and its children
 * @param host - default: the machine that Node runs on
 * @throws ExecPluginError, PluginPolicyError in client-go's words, without anything that the plugin printed
 * @throws the signal's reason when it is aborted
 */
export async function runPlugin(
  call: PluginCall,
  signal?: AbortSignal,
  host: Host = nodeHost,
): Promise<ExecCredentialStatus> {
  return await runPluginOn(host, call, signal);
}
