import type { Command } from "commander";
import type { Config } from "./api/config.ts";
import type { ConfigOverrides } from "./api/overrides.ts";
import type { PluginPolicy } from "./api/plugin-policy.ts";
import type { PluginReport } from "./api/plugin-report.ts";
import type { Preference } from "./api/preference.ts";
import type { RestConfig } from "./api/rest-config.ts";
import { resolveLocalPaths as resolveLocalPathsWith } from "./clientcmd/paths.ts";
import { confirmUsable as confirmUsableWith, validate } from "./clientcmd/validation.ts";
import { applyPreference } from "./cobra/apply-kuberc.ts";
import { decodeConfig } from "./codec/kubeconfig/decode-config.ts";
import type { FindingCode } from "./doctor/codes.ts";
import { execAuthenticator as execAuthenticatorOn } from "./exec/authenticator.ts";
import { runPlugin as runPluginOn } from "./exec/run-once.ts";
import type { PluginCall } from "./exec/run-plugin.ts";
import { filepathFor } from "./go/filepath.ts";
import type { Host } from "./host/host.ts";
import { nodeHost } from "./host/node-host.ts";
import type { ClientConfig } from "./loading/client-config.ts";
import {
  buildConfigFromFlags as buildConfigFromFlagsOn,
  deferredClientConfig,
  newDefaultClientConfig as newDefaultClientConfigOn,
} from "./loading/client-configs.ts";
import type { ConfigAccess } from "./loading/config-access.ts";
import { pathOptionsAccess } from "./loading/config-access.ts";
import type { DeferredRules } from "./loading/deferred-client-config.ts";
import { DirectClientConfig } from "./loading/direct-client-config.ts";
import { fileOpenError } from "./loading/file-open-error.ts";
import { flattenConfig as flattenConfigOn } from "./loading/flatten.ts";
import { inClusterConfig as inClusterConfigOn, isInCluster as isInClusterOn } from "./loading/in-cluster.ts";
import { loadKuberc as loadKubercOn } from "./loading/load-kuberc.ts";
import type { ConfigOrigins as AllOrigins } from "./loading/load-origins.ts";
import { loadOrigins as loadOriginsOn } from "./loading/load-origins.ts";
import { loadConfig as loadConfigOn, loadConfigFromFile as loadConfigFromFileOn } from "./loading/load.ts";
import type { LoadingRules } from "./loading/loading-rules.ts";
import { defaultLoadingRules as defaultLoadingRulesOn } from "./loading/loading-rules.ts";
import { executableFacts } from "./loading/look-path.ts";
import { evaluatePlugins, loadPluginPolicy, reportPolicy } from "./loading/plugin-policy.ts";
import { launcherNotes } from "./loading/policy-notes.ts";
import type { Prompter } from "./loading/prompt.ts";
import { terminalPrompter as terminalPrompterOn } from "./loading/terminal-prompter.ts";
import { decidePlugin as decidePluginWith } from "./policy/decide.ts";
import { validatePluginPolicy as validatePluginPolicyWith } from "./policy/validate-policy.ts";
import type { HostOption, OptionsOf } from "./public-function.ts";
import { hostFunction, publicAsyncFunction, publicFunction } from "./public-function.ts";
import type { ConnectOptions } from "./transport/connection.ts";
import { connect as connectOn } from "./transport/connection.ts";
import type { ModifyOptions } from "./writing/modify-config.ts";

// The functions that touch the machine, as the library exports them: `(things…, { host, … })`. Each is written in its own
// room; here its options get their names and its host a default.

/** Which kubeconfigs are loaded, and how: what is to differ from {@link defaultLoadingRules}. */
export type LoadingOptions = OptionsOf<LoadingRules>;

const RULES = {
  explicitPath: "string",
  precedence: "array",
  migrationRules: "object",
  resolvePaths: "boolean",
  warnIfAllMissing: "boolean",
  warn: "function",
  loaded: "function",
  scalarPrecedence: "string",
  defaultClientConfig: "object",
} as const;

/**
 * Returns the rules of kubectl: the files of the `KUBECONFIG` list, or `~/.kube/config` when that is not set; migration
 * from the very old `~/.kube/.kubeconfig`; paths made absolute; warnings dropped. client-go's
 * `NewDefaultClientConfigLoadingRules`.
 *
 * @param options - fields that are to be otherwise, such as `{ explicitPath: "./kubeconfig" }`
 */
export const defaultLoadingRules = publicFunction(
  "defaultLoadingRules",
  RULES,
  (host: Host, changes: Partial<LoadingRules>): LoadingRules & HostOption => ({
    ...defaultLoadingRulesOn(host, changes),
    // Whoever loads by the rules of another machine means the files of that machine.
    ...(host !== nodeHost && { host }),
  }),
);

/**
 * Loads and merges kubeconfig files, by {@link defaultLoadingRules} as the options change them. client-go's
 * `ClientConfigLoadingRules.Load`.
 *
 * @throws ConfigReadError when the explicit path does not exist
 * @throws InvalidConfigurationError with an error for every file that could not be read or parsed
 */
export const loadConfig = publicFunction(
  "loadConfig",
  RULES,
  (host: Host, rules: Partial<LoadingRules>): Config =>
    loadConfigOn(host, defaultLoadingRulesOn(host, rules)),
);

/**
 * Loads one kubeconfig, with paths as they are written in it. client-go's `LoadFromFile`.
 *
 * @throws ConfigReadError when the file cannot be read
 * @throws ConfigParseError when kubectl would refuse its content
 */
export const loadConfigFromFile = hostFunction("loadConfigFromFile", (host: Host, file: string): Config =>
  loadConfigFromFileOn(host, file),
);

/** A merged config that knows where everything in it comes from. */
export type ConfigOrigins = Pick<AllOrigins, "config" | "files" | "find">;

/**
 * Loads and merges as {@link loadConfig} does, and finds for every value the file, line and column that it comes from,
 * and those that it shadows:
 *
 * ```ts
 * loadOrigins().find(["clusters", "staging", "server"])?.position.line;
 * ```
 *
 * @throws ConfigReadError when the explicit path does not exist
 * @throws InvalidConfigurationError with an error for every file that could not be read or parsed
 */
export const loadOrigins = publicFunction(
  "loadOrigins",
  RULES,
  (host: Host, rules: Partial<LoadingRules>): ConfigOrigins =>
    loadOriginsOn(host, defaultLoadingRulesOn(host, rules)),
);

/**
 * Makes a config self-contained: every certificate, key and CA file becomes data. client-go's `api.FlattenConfig`.
 *
 * @throws ConfigReadError when a file cannot be read
 * @throws InvalidConfigurationError for an entry that has both a path and data
 */
export const flattenConfig = hostFunction("flattenConfig", flattenConfigOn);

/**
 * Makes every relative path of a config absolute, against the folder of its file. client-go's `ResolveLocalPaths`.
 * {@link loadConfig} does so by itself.
 */
export const resolveLocalPaths = hostFunction("resolveLocalPaths", (host: Host, config: Config): Config =>
  resolveLocalPathsWith(config, filepathFor(host), host.cwd()),
);

/**
 * Refuses a config that is invalid, with every problem. client-go's `Validate`. The files that it names are opened.
 *
 * @throws InvalidConfigurationError with every problem in `errors`
 */
export const validateConfig = hostFunction("validateConfig", (host: Host, config: Config): void =>
  validate(config, fileOpenError(host)),
);

/** Options of {@link confirmUsable}. */
export interface ConfirmOptions {
  /** The name of the context; default: the current context. */
  readonly context?: string;
}

/**
 * Refuses a config of which one context cannot be used, with every problem of it, its user and its cluster; other entries
 * may be invalid. client-go's `ConfirmUsable`. The files that they name are opened.
 *
 * @throws InvalidConfigurationError with every problem in `errors`
 * @throws ContextNotFoundError if no context is chosen
 */
export const confirmUsable = publicFunction(
  "confirmUsable",
  { context: "string" },
  (host: Host, config: Config, { context = "" }: ConfirmOptions): void =>
    confirmUsableWith(config, context, fileOpenError(host)),
);

/** The option of functions that have warnings. */
export interface WarnOption {
  /** Receives each warning, in kubectl's or client-go's words, without a newline at the end; default: it is dropped. */
  readonly warn?: (text: string) => void;
}

/** The option of functions that make client configs. */
export interface OverridesOption {
  /** What goes over the files, such as flags; default: nothing. It counts as it is when the client config is asked. */
  readonly overrides?: ConfigOverrides;
}

/** Options of client configs that are made of a config. */
export interface DirectOptions extends OverridesOption {
  /** What `configAccess()` returns; default: undefined. */
  readonly access?: ConfigAccess;
}

/**
 * Makes a client config that loads by rules, as late as possible: rules and overrides may be changed, by parsing a command
 * line for instance, until it is asked for something. Asks nobody for credentials. client-go's
 * `NewNonInteractiveDeferredLoadingClientConfig`.
 *
 * @param rules - the rules, or a function that returns them when they are needed
 */
export const newNonInteractiveDeferredLoadingClientConfig = publicFunction(
  "newNonInteractiveDeferredLoadingClientConfig",
  { overrides: "object", warn: "function" },
  (host: Host, rules: DeferredRules, options: OverridesOption & WarnOption): ClientConfig =>
    deferredClientConfig(host, rulesOn(host, rules), options),
);

/**
 * As {@link newNonInteractiveDeferredLoadingClientConfig}, but asks for a user name and a password where the user entry
 * does not say who the client is. client-go's `NewInteractiveDeferredLoadingClientConfig`.
 *
 * @param rules - the rules, or a function that returns them when they are needed
 * @param prompter - {@link terminalPrompter} asks on the terminal, as kubectl does
 */
export const newInteractiveDeferredLoadingClientConfig = publicFunction(
  "newInteractiveDeferredLoadingClientConfig",
  { overrides: "object", warn: "function" },
  (
    host: Host,
    rules: DeferredRules,
    prompter: Prompter,
    options: OverridesOption & WarnOption,
  ): ClientConfig => deferredClientConfig(host, rulesOn(host, rules), { ...options, prompter }),
);

/** Refuses rules that turn out to be those of another machine when they are needed. */
function rulesOn(host: Host, rules: DeferredRules): DeferredRules {
  if (typeof rules !== "function") {
    return rules;
  }
  return () => {
    const current: LoadingRules & HostOption = rules();
    if (current.host !== undefined && current.host !== host) {
      throw new TypeError("the loading rules are those of another host: pass that one as an option, too");
    }
    return current;
  };
}

/**
 * Makes a client config of a config, for its current context. client-go's `NewDefaultClientConfig`.
 *
 * @param config - with absolute paths, as {@link loadConfig} returns it
 */
export const newDefaultClientConfig = publicFunction(
  "newDefaultClientConfig",
  { overrides: "object" },
  (host: Host, config: Config, { overrides }: OverridesOption): ClientConfig =>
    newDefaultClientConfigOn(host, config, overrides),
);

/**
 * Makes a client config of a config, for one of its contexts, that asks nobody for credentials. client-go's
 * `NewNonInteractiveClientConfig`.
 *
 * @param config - with absolute paths, as {@link loadConfig} returns it
 * @param contextName - `""` for the current context
 */
export const newNonInteractiveClientConfig = publicFunction(
  "newNonInteractiveClientConfig",
  { overrides: "object", access: "object" },
  (host: Host, config: Config, contextName: string, options: DirectOptions): ClientConfig =>
    new DirectClientConfig(host, { config, contextName, ...options }),
);

/**
 * As {@link newNonInteractiveClientConfig}, but asks for a user name and a password where the user entry does not say who
 * the client is. client-go's `NewInteractiveClientConfig`.
 *
 * @param config - with absolute paths, as {@link loadConfig} returns it
 * @param contextName - `""` for the current context
 * @param prompter - {@link terminalPrompter} asks on the terminal, as kubectl does
 */
export const newInteractiveClientConfig = publicFunction(
  "newInteractiveClientConfig",
  { overrides: "object", access: "object" },
  (
    host: Host,
    config: Config,
    contextName: string,
    prompter: Prompter,
    options: DirectOptions,
  ): ClientConfig => new DirectClientConfig(host, { config, contextName, prompter, ...options }),
);

/**
 * Makes a prompter that asks as kubectl does: the question on standard output, the answer from standard input, a password
 * without showing it. Its functions throw ConfigReadError: `EOF` where there is no answer, and where a password is asked
 * for without a terminal.
 */
export const terminalPrompter = hostFunction("terminalPrompter", (host: Host): Prompter =>
  terminalPrompterOn(host),
);

/**
 * Makes a client config of a kubeconfig's text. Relative paths are taken against the current directory. client-go's
 * `NewClientConfigFromBytes`.
 *
 * @throws ConfigParseError for what kubectl refuses
 */
export const clientConfigFromBytes = hostFunction(
  "clientConfigFromBytes",
  (host: Host, data: Uint8Array | string): ClientConfig =>
    new DirectClientConfig(host, { config: decodeConfig(data), contextName: "" }),
);

/**
 * Resolves all that is needed to talk to the server of a kubeconfig's current context. client-go's
 * `RESTConfigFromKubeConfig`.
 *
 * @throws ConfigParseError for what kubectl refuses
 * @throws InvalidConfigurationError for what cannot be used
 */
export const restConfigFromKubeconfig = publicAsyncFunction(
  "restConfigFromKubeconfig",
  {},
  async (host: Host, data: Uint8Array | string, _options: object): Promise<RestConfig> =>
    await clientConfigFromBytes(data, { host }).clientConfig(),
);

/**
 * Resolves all that is needed to talk to a server that is given by its address, by a kubeconfig or by both; by neither,
 * that of the cluster that the process runs in. The environment's KUBECONFIG does not count. client-go's
 * `BuildConfigFromFlags`.
 *
 * @param masterUrl - `""` for none
 * @param kubeconfigPath - `""` for none
 * @throws InvalidConfigurationError, an empty config among them
 */
export const buildConfigFromFlags = publicAsyncFunction(
  "buildConfigFromFlags",
  { warn: "function" },
  async (
    host: Host,
    masterUrl: string,
    kubeconfigPath: string,
    { warn = dropped }: WarnOption,
  ): Promise<RestConfig> => await buildConfigFromFlagsOn(host, masterUrl, kubeconfigPath, warn),
);

/**
 * Resolves all that a client in a pod needs, by the service account that Kubernetes gave to the pod. client-go's
 * `rest.InClusterConfig`.
 *
 * @throws InvalidConfigurationError when the environment names no API server
 * @throws ConfigReadError when the token cannot be read
 */
export const inClusterConfig = publicFunction(
  "inClusterConfig",
  { warn: "function" },
  (host: Host, { warn = dropped }: WarnOption): RestConfig => inClusterConfigOn(host, warn),
);

/** Whether the process seems to run in a pod: the environment names the API server, and there is a token. */
export const isInCluster = hostFunction("isInCluster", isInClusterOn);

/**
 * Makes a client for a server, with its credentials, TLS and proxy as client-go's `rest.Config` has them. Files are read,
 * but nothing is sent and no plugin runs yet. Plugins run under the policy of the user's kuberc unless another is given.
 *
 * @throws ConnectionError, ConfigReadError, InvalidConfigurationError for what client-go refuses, in its words
 * @throws ExecPluginError, PluginPolicyError, KubercError where a plugin is to be used, for what is wrong with it or with
 *   the policy
 */
export const connect = publicFunction(
  "connect",
  {
    pluginPolicy: "object",
    kuberc: "string",
    persistAuthProvider: "function",
    warn: "function",
    trace: "function",
  },
  (host: Host, config: RestConfig, options: ConnectOptions) => connectOn(host, config, options),
);

/**
 * Finds where the configuration that some rules load comes from, and where changes to it go: the file that an entry came
 * from; for a new one the explicit file, else the first of the list that exists, else the last. client-go's
 * `PathOptions`, as `kubectl config` uses it.
 *
 * @param options - how the rules differ from {@link defaultLoadingRules}
 */
export const pathOptions = publicFunction(
  "pathOptions",
  RULES,
  (host: Host, rules: Partial<LoadingRules>): ConfigAccess =>
    pathOptionsAccess(host, defaultLoadingRulesOn(host, rules)),
);

/**
 * Changes kubeconfigs: finds the differences from what the files hold, and writes each to the file where it belongs.
 * client-go's `ModifyConfig`. Differences: it waits for locks, which kubectl obeys too; files are replaced in one step, and
 * keep comments, order and all that did not change.
 *
 * @param access - see {@link pathOptions}; its host is the default one
 * @param change - returns the wanted config, given the present one. It is called while the files are locked, so that no
 *   change of another program is lost; perhaps more than once. Or the wanted config itself: then whatever others changed
 *   since it was read is changed back.
 * @throws ConfigLockError when somebody else keeps a lock
 * @throws InvalidConfigurationError, ConfigReadError or ConfigParseError when a file cannot be read, edited or written;
 *   nothing is changed then
 */
export const modifyConfig = publicAsyncFunction(
  "modifyConfig",
  {
    relativizePaths: "boolean",
    lockTimeout: "number",
    dryRun: "boolean",
    backupAs: "string",
    trustFolderOwner: "boolean",
    warn: "function",
  },
  async (
    host: Host,
    access: ConfigAccess,
    change: Config | ((starting: Config) => Config),
    options: ModifyOptions,
  ) => {
    // Loaded lazily: read-only callers do not need the editor.
    const writing = await import("./writing/modify-config.ts");
    return await writing.modifyConfig(host, access, change, options);
  },
);

/**
 * Undoes the last change that was kept for that: {@link modifyConfig} with `backupAs`, or any editing command of kcfg.
 *
 * @param access - see {@link pathOptions}; its host is the default one
 * @throws ConfigLockError, ConfigReadError as {@link modifyConfig}
 */
export const undoChange = publicAsyncFunction(
  "undoChange",
  { dryRun: "boolean", lockTimeout: "number", trustFolderOwner: "boolean", warn: "function" },
  async (
    host: Host,
    access: ConfigAccess,
    options: Pick<ModifyOptions, "dryRun" | "lockTimeout" | "trustFolderOwner" | "warn">,
  ) => {
    const writing = await import("./writing/undo-change.ts");
    return await writing.undoChange(host, access, options);
  },
);

/** Which kuberc applies. */
export interface KubercOption {
  /** The value of `--kuberc`, which `explicitKuberc` finds in an argv. Default: what the environment says. */
  readonly kuberc?: string;
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
 * Reports what would become of every credential plugin that the kubeconfig names, if kubectl came to need it now: whether
 * it may run, why, and which file that would be. Runs none of them. What `kcfg check-plugins` prints.
 *
 * @param options - which kubeconfigs, as for {@link loadConfig}, and which kuberc
 * @throws KubercError or PluginPolicyError for a kuberc that kubectl refuses to work with
 * @throws ConfigReadError or InvalidConfigurationError for kubeconfigs that cannot be loaded
 */
export const checkPlugins = publicFunction(
  "checkPlugins",
  { ...RULES, kuberc: "string" },
  (host: Host, { kuberc = "", ...rules }: KubercOption & Partial<LoadingRules>): PluginReport => {
    const loaded = loadPluginPolicy(host, kuberc, dropped);
    // Commands are reported as they are written.
    const config = loadConfigOn(host, { ...defaultLoadingRulesOn(host, rules), resolvePaths: false });
    return {
      policy: reportPolicy(loaded, launcherNotes(host, loaded.kuberc)),
      plugins: evaluatePlugins(host, config, loaded.policy),
    };
  },
);

/**
 * Decides whether a credential plugin may run under a policy, as client-go decides just before it runs one. Whoever
 * runs plugins must ask before each run, and may start nothing but the decision's `resolvedPath`.
 *
 * @param command - of a config that {@link loadConfig} loaded, where one with a separator is absolute
 */
export const decidePlugin = hostFunction(
  "decidePlugin",
  (host: Host, policy: PluginPolicy, command: string) =>
    decidePluginWith(policy, command, filepathFor(host), executableFacts(host)),
);

/**
 * Refuses a plugin policy that makes no sense. client-go's `ValidatePluginPolicy`. The host's rules for paths count.
 *
 * @throws PluginPolicyError in client-go's words
 */
export const validatePluginPolicy = hostFunction(
  "validatePluginPolicy",
  (host: Host, policy: PluginPolicy): void => validatePluginPolicyWith(policy, filepathFor(host)),
);

/**
 * Makes what gets credentials from a plugin and keeps them while they are good; the plugin runs under the policy of the
 * call, and not before it is needed. {@link connect} does so by itself. client-go's `exec.Authenticator`.
 *
 * @throws ExecPluginError for an apiVersion that plugins no longer speak
 * @throws PluginPolicyError for a policy that makes no sense
 */
export const execAuthenticator = hostFunction("execAuthenticator", execAuthenticatorOn);

/** Options of {@link runPlugin}. */
export interface RunPluginOptions {
  /** Kills the plugin and its children. */
  readonly signal?: AbortSignal;
}

/**
 * Runs a credential plugin once, if the policy of the call lets it, and returns its answer.
 *
 * @throws ExecPluginError, PluginPolicyError in client-go's words, without anything that the plugin printed
 * @throws the signal's reason when it is aborted
 */
export const runPlugin = publicAsyncFunction(
  "runPlugin",
  { signal: "object" },
  async (host: Host, call: PluginCall, { signal }: RunPluginOptions) => await runPluginOn(host, call, signal),
);

/** What {@link diagnose} is to look at, besides which kubeconfigs. */
export interface DiagnoseOptions extends KubercOption {
  /** A context to look at alone, with its cluster and user, as if it were the current one. Default: everything. */
  readonly context?: string;
  /** Report what expires within this time, in milliseconds. Default: 30 days. */
  readonly expiringWithin?: number;
  /** Codes that are not reported. Default: none. */
  readonly ignore?: readonly FindingCode[];
}

/**
 * Examines kubeconfigs and what they name (certificates, keys, tokens, plugins, the plugin policy), and reports what is
 * wrong with them, as `kcfg doctor` does. Nothing is changed, run or connected to, and no finding holds a secret.
 *
 * @param options - which kubeconfigs, as for {@link loadConfig}, and what to look at
 * @throws Error for a context that no file has; files that are missing or broken are findings
 */
export const diagnose = publicAsyncFunction(
  "diagnose",
  { ...RULES, context: "string", kuberc: "string", expiringWithin: "number", ignore: "array" },
  async (
    host: Host,
    { context = "", kuberc = "", expiringWithin, ignore, ...rules }: DiagnoseOptions & Partial<LoadingRules>,
  ) => {
    const doctor = await import("./doctor/diagnose.ts");
    return doctor.diagnose(host, defaultLoadingRulesOn(host, rules), {
      context,
      kuberc,
      expiringWithin: expiringWithin ?? doctor.EXPIRING_WITHIN,
      ignore: new Set(ignore),
    });
  },
);

function dropped(): void {}
