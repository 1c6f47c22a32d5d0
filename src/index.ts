import type { Command } from "commander";
import type { Config } from "./api/config.ts";
import type { PluginPolicy } from "./api/plugin-policy.ts";
import type { PluginReport } from "./api/plugin-report.ts";
import type { Preference } from "./api/preference.ts";
import { filepathFor } from "./clientcmd/filepath.ts";
import { resolveLocalPaths as resolveLocalPathsWith } from "./clientcmd/paths.ts";
import type { Host } from "./host/host.ts";
import { nodeHost } from "./host/node-host.ts";
import { applyPreference } from "./kuberc/apply.ts";
import { judgePlugins, loadPluginPolicy } from "./loading/check-plugins.ts";
import { flattenConfig as flattenConfigOn } from "./loading/flatten.ts";
import { loadKuberc as loadKubercOn } from "./loading/load-kuberc.ts";
import { loadConfig as loadConfigOn, loadConfigFromFile as loadConfigFromFileOn } from "./loading/load.ts";
import type { LoadingRules } from "./loading/loading-rules.ts";
import { executableFacts } from "./loading/look-path.ts";
import type { PluginDecision } from "./policy/decide.ts";
import { decidePlugin as decidePluginWith } from "./policy/decide.ts";
import { validatePluginPolicy as validatePluginPolicyWith } from "./policy/validate.ts";
import { defaultLoadingRules as defaultLoadingRulesOn } from "./loading/loading-rules.ts";

export { AuthInfo, AuthProviderConfig } from "./api/auth-info.ts";
export type { AuthInfoFields } from "./api/auth-info.ts";
export { Cluster } from "./api/cluster.ts";
export type { ClusterFields } from "./api/cluster.ts";
export { newConfig, newContext } from "./api/config.ts";
export type { Config, Context, Preferences } from "./api/config.ts";
export { ExecConfig } from "./api/exec.ts";
export type { ExecConfigFields, ExecEnvVar } from "./api/exec.ts";
export type { JsonObject, JsonValue } from "./api/json-value.ts";
export type { AllowlistEntry, PluginPolicy } from "./api/plugin-policy.ts";
export type { PluginOutcome, PluginReport, PolicyReport } from "./api/plugin-report.ts";
export type { Position } from "./api/position.ts";
export type { AliasOverride, CommandDefaults, CommandOptionDefault, Preference } from "./api/preference.ts";
export { mergeConfigs } from "./clientcmd/merge.ts";
export type { ScalarPrecedence } from "./clientcmd/merge.ts";
export { minifyConfig } from "./clientcmd/minify.ts";
export { redactSecrets, shortenConfig } from "./clientcmd/redact.ts";
export { decodeConfig } from "./codec/kubeconfig/decode.ts";
export { encodeConfig } from "./codec/kubeconfig/encode.ts";
export {
  ConfigParseError,
  ConfigReadError,
  InvalidConfigurationError,
  isFileNotFound,
  KcfgError,
  KubercError,
  PluginPolicyError,
} from "./errors.ts";
export type { KcfgErrorCode } from "./errors.ts";
export type { FileStat, Host, HostFileSystem } from "./host/host.ts";
export { nodeHost } from "./host/node-host.ts";
export { explicitKuberc } from "./kuberc/explicit-kuberc.ts";
export type { LoadingRules } from "./loading/loading-rules.ts";
export type { PluginDecision, PluginRule } from "./policy/decide.ts";

/**
 * The rules of kubectl: the files of the `KUBECONFIG` list, or `~/.kube/config` when that is not set; migration from
 * the very old `~/.kube/.kubeconfig`; paths made absolute; warnings dropped. client-go's
 * `NewDefaultClientConfigLoadingRules`.
 *
 * @param changes - fields that are to be otherwise, such as `{ explicitPath: "./kubeconfig" }`
 * @param host - default: the machine that Node runs on
 */
export function defaultLoadingRules(
  changes: Partial<LoadingRules> = {},
  host: Host = nodeHost,
): LoadingRules {
  return defaultLoadingRulesOn(host, changes);
}

/**
 * Loads and merges the kubeconfigs that the rules name. client-go's `ClientConfigLoadingRules.Load`.
 *
 * @param rules - default: {@link defaultLoadingRules}
 * @param host - default: the machine that Node runs on
 * @throws ConfigReadError when the explicit path does not exist
 * @throws InvalidConfigurationError with an error for every file that could not be read or parsed
 */
export function loadConfig(rules?: LoadingRules, host: Host = nodeHost): Config {
  return loadConfigOn(host, rules ?? defaultLoadingRulesOn(host));
}

/**
 * Loads one kubeconfig, with paths as they are written in it. client-go's `LoadFromFile`.
 *
 * @param host - default: the machine that Node runs on
 * @throws ConfigReadError when the file cannot be read
 * @throws ConfigParseError when kubectl would refuse its content
 */
export function loadConfigFromFile(file: string, host: Host = nodeHost): Config {
  return loadConfigFromFileOn(host, file);
}

/**
 * Makes a config self-contained: every certificate, key and CA file becomes data. client-go's `api.FlattenConfig`.
 *
 * @param host - default: the machine that Node runs on
 * @throws ConfigReadError when a file cannot be read
 * @throws InvalidConfigurationError for an entry that has both a path and data
 */
export function flattenConfig(config: Config, host: Host = nodeHost): Config {
  return flattenConfigOn(host, config);
}

/**
 * Makes every relative path of a config absolute, against the folder of the file it stands in. client-go's
 * `ResolveLocalPaths`. {@link loadConfig} does so by itself.
 *
 * @param host - default: the machine that Node runs on
 */
export function resolveLocalPaths(config: Config, host: Host = nodeHost): Config {
  return resolveLocalPathsWith(config, filepathFor(host), host.cwd());
}

/** The kuberc that applies. */
export interface LoadedKuberc {
  /** Where it was looked for; undefined if the environment turns kuberc off. */
  readonly file: string | undefined;
  /** Its content; undefined where kubectl goes on without one. */
  readonly preference: Preference | undefined;
  /** What kubectl says on stderr while it loads, without newlines at the end. */
  readonly warnings: readonly string[];
}

/**
 * Loads the kuberc that kubectl 1.36 would use: the explicit one, else that of `KUBERC`, else `~/.kube/kuberc`; none with
 * `KUBERC=off` or `KUBECTL_KUBERC=false`. kubectl's `DefaultGetPreferences`. Nothing is validated yet:
 * {@link applyKuberc} does.
 *
 * @param explicitFile - the value of `--kuberc`, which {@link explicitKuberc} finds in an argv; default: none
 * @param host - default: the machine that Node runs on
 * @throws KubercError in kubectl's words, when the file is named explicitly and cannot be read or has no usable document
 */
export function loadKuberc(explicitFile = "", host: Host = nodeHost): LoadedKuberc {
  const { location, preference, warnings } = loadKubercOn(host, explicitFile);
  return { file: location?.file, preference, warnings };
}

/**
 * Applies the aliases and the defaults of a kuberc to a commander program, as kubectl applies them to itself: call it
 * when the program has all its commands, and let the program parse what it returns.
 *
 * - An alias that the arguments call is replaced by the words of its command and its `prependArgs`; its `appendArgs`
 *   come last. A command of the program is never shadowed.
 * - Options of the alias, or defaults of the command, get their values where the user does not give them. Values are
 *   parsed as those of the command line; their source is `config`, so commander lets an environment variable of the
 *   option go before them.
 * - Commands and options are found as in kubectl: an alias gets none of the defaults of its command, and defaults of
 *   `config view` go to every command called `view`.
 *
 * @param argv - the arguments after the program's name; the program is to parse the result with `{ from: "user" }`
 * @param warn - told what kubectl would say on stderr, without newlines at the end
 * @param host - whose rules for paths the plugin policy is validated by; default: the machine that Node runs on
 * @throws KubercError when an alias or a default cannot be applied, in kubectl's words
 * @throws PluginPolicyError when the plugin policy makes no sense, which stops kubectl too
 */
export function applyKuberc(
  program: Command,
  preference: Preference,
  argv: readonly string[],
  warn: (text: string) => void,
  host: Host = nodeHost,
): string[] {
  return applyPreference(program, preference, argv, warn, filepathFor(host));
}

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
  const config = loadConfigOn(host, { ...(rules ?? defaultLoadingRulesOn(host)), resolvePaths: false });
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
