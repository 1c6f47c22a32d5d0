import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import type { WarnOption } from "./public-loading.ts";
import type { Command } from "commander";
import type { ExecConfigFields } from "../api/exec.ts";
import { ExecConfig } from "../api/exec.ts";
import type { Optional } from "../api/optional.ts";
import { checkPolicyFields } from "./check-policy.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import type { PluginReport } from "../api/plugin-report.ts";
import type { Preference } from "../api/preference.ts";
import { applyPreference } from "../cobra/apply-kuberc.ts";
import { execAuthenticator as execAuthenticatorOn } from "../exec/authenticator.ts";
import { runPlugin as runPluginOn } from "../exec/run-once.ts";
import type { PluginCall } from "../exec/run-plugin.ts";
import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { loadKuberc as loadKubercOn } from "../loading/load-kuberc.ts";
import { loadRequirements } from "../loading/load-requirements.ts";
import { loadConfig as loadConfigOn } from "../loading/load.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules as defaultLoadingRulesOn } from "../loading/loading-rules.ts";
import { executableFacts } from "../loading/look-path.ts";
import {
  evaluatePlugins,
  loadPluginPolicy,
  reportPolicy,
  reportRequirements,
} from "../loading/evaluate-plugins.ts";
import { launcherNotes } from "../loading/policy-notes.ts";
import type { PluginUse } from "../policy/check-requirements.ts";
import { decidePlugin as decidePluginWith } from "../policy/decide.ts";
import { validatePluginPolicy as validatePluginPolicyWith } from "../policy/validate-policy.ts";
import { hostFunction, publicAsyncFunction, publicFunction } from "../public-function.ts";
import { RULES, dropped } from "./public-loading.ts";

/** The option that chooses the kuberc. */
export interface KubercOption {
  /** The value of `--kuberc`, which `explicitKuberc` finds in an argv. Default: what the environment says. */
  readonly kuberc?: string;
}

/** The option that chooses the plugin requirements. */
export interface PluginRequirementsOption {
  /**
   * The file of plugin requirements. Default: the one that KCFG_PLUGIN_REQUIREMENTS names, else
   * `~/.kube/plugin-requirements.yaml` if there is one.
   */
  readonly pluginRequirements?: string;
}

/** The kuberc in effect. */
export interface LoadedKuberc {
  /** The file; undefined if the environment turns kuberc off. */
  readonly file: string | undefined;
  /** Its content; undefined where kubectl goes on without one. */
  readonly preference: Preference | undefined;
  /** The warnings that kubectl prints while it loads the file, without trailing newlines. */
  readonly warnings: readonly string[];
}

/**
 * Loads the kuberc that kubectl 1.36 would use: the explicit one, else that of `KUBERC`, else `~/.kube/kuberc`; none with
 * `KUBERC=off` or `KUBECTL_KUBERC=false`. kubectl's `DefaultGetPreferences`. Nothing is validated yet:
 * {@link applyKuberc} does.
 *
 * @throws KubercError in kubectl's words, when the file is named explicitly and cannot be read or has no usable document
 */
export const loadKuberc = publicFunction(
  "loadKuberc",
  { kuberc: "string" },
  (host: Host, { kuberc = "" }: KubercOption): LoadedKuberc => {
    const { location, preference, warnings } = loadKubercOn(host, kuberc);
    return { file: location?.file, preference, warnings };
  },
);

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
 * @throws KubercError when an alias or a default cannot be applied, in kubectl's words
 * @throws PluginPolicyError when the plugin policy makes no sense, which stops kubectl too
 */
export const applyKuberc = publicFunction(
  "applyKuberc",
  { warn: "function" },
  (
    host: Host,
    program: Command,
    preference: Preference,
    argv: readonly string[],
    { warn = dropped }: WarnOption,
  ): string[] => applyPreference(program, preference, argv, warn, filepathFor(host)),
);

/**
 * Reports what would happen to every credential plugin that the kubeconfig names if kubectl needed it now: whether it
 * may run, why, and which file it is. Runs none of them. `kcfg check-plugins` prints this.
 *
 * @param options - which kubeconfigs, as for {@link loadConfig}, and which kuberc
 * @throws KubercError or PluginPolicyError for a kuberc that kubectl refuses to work with
 * @throws ConfigReadError or InvalidConfigurationError for kubeconfigs that cannot be loaded
 */
export const checkPlugins = publicFunction(
  "checkPlugins",
  { ...RULES, kuberc: "string", pluginRequirements: "string" },
  (
    host: Host,
    {
      kuberc = "",
      pluginRequirements,
      ...rules
    }: KubercOption & PluginRequirementsOption & Partial<LoadingRules>,
  ): PluginReport => {
    const requirements = loadRequirements(host, pluginRequirements);
    const loaded = loadPluginPolicy(host, kuberc, dropped);
    // Commands are reported as they are written.
    const config = loadConfigOn(
      host,
      { ...defaultLoadingRulesOn(host, rules), resolvePaths: false },
      decodeConfig,
    );
    return {
      policy: reportPolicy(loaded, launcherNotes(host, loaded.kuberc)),
      requirements: reportRequirements(requirements),
      plugins: evaluatePlugins(host, config, loaded.policy, requirements),
    };
  },
);

/**
 * Decides whether a credential plugin may run under a policy, as client-go decides just before it runs one, and under the
 * plugin requirements in force. Ask before each run, and start nothing but the decision's `resolvedPath`, with the same
 * arguments and variables. {@link runPlugin} also makes sure that a demanded digest is that of what it starts.
 *
 * @param plugin - of a config that {@link loadConfig} loaded, where a command with a separator is absolute. A string is
 *   the command of a plugin without arguments and variables
 */
export const decidePlugin = publicFunction(
  "decidePlugin",
  { pluginRequirements: "string" },
  (
    host: Host,
    policy: PluginPolicy,
    plugin: string | PluginUse,
    { pluginRequirements }: PluginRequirementsOption,
  ) => {
    checkPolicyFields("decidePlugin: the policy", policy);
    return decidePluginWith(
      policy,
      plugin,
      filepathFor(host),
      executableFacts(host),
      loadRequirements(host, pluginRequirements),
    );
  },
);

/**
 * Refuses an invalid plugin policy, by the path rules of the host. client-go's `ValidatePluginPolicy`.
 *
 * @throws PluginPolicyError in client-go's words
 */
export const validatePluginPolicy = hostFunction(
  "validatePluginPolicy",
  (host: Host, policy: PluginPolicy): void => {
    checkPolicyFields("validatePluginPolicy: the policy", policy);
    validatePluginPolicyWith(policy, filepathFor(host));
  },
);

/**
 * Makes an authenticator that gets credentials from a plugin and keeps them while they are valid. The plugin runs under
 * the policy of the call, and only when it is needed. {@link connect} does so by itself. client-go's
 * `exec.Authenticator`.
 *
 * @throws ExecPluginError for an apiVersion that is no longer supported
 * @throws PluginPolicyError for an invalid policy
 */
export const execAuthenticator = hostFunction("execAuthenticator", (host: Host, call: PluginCallInput) =>
  execAuthenticatorOn(host, completeCall("execAuthenticator", call)),
);

/** A {@link PluginCall} whose `exec` may be a plain object; what it leaves out or sets to undefined is not set. */
export interface PluginCallInput
  extends Optional<Omit<PluginCall, "exec" | "policy">>, Pick<PluginCall, "policy"> {
  /** The configuration of the plugin. */
  readonly exec: Optional<ExecConfigFields>;
}

function completeCall(
  name: string,
  { exec, policy, cluster, stdinUnavailable, ...call }: PluginCallInput,
): PluginCall {
  checkPolicyFields(`${name}: policy`, policy);
  return {
    ...call,
    exec: exec instanceof ExecConfig ? exec : new ExecConfig(exec),
    policy,
    cluster,
    stdinUnavailable: stdinUnavailable ?? "",
  };
}

/** Options of {@link runPlugin}. */
export interface RunPluginOptions {
  /** Kills the plugin and its children when aborted. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a credential plugin once, if the policy of the call allows it, and returns its output.
 *
 * @throws ExecPluginError, PluginPolicyError in client-go's words, without anything that the plugin printed
 * @throws the signal's reason when it is aborted
 */
export const runPlugin = publicAsyncFunction(
  "runPlugin",
  { signal: "object" },
  async (host: Host, call: PluginCallInput, { signal }: RunPluginOptions) =>
    await runPluginOn(host, completeCall("runPlugin", call), signal),
);
