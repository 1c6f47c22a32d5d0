import type { Config } from "../api/config.ts";
import type { Optional } from "../api/optional.ts";
import type { ConfigOverridesFields } from "../api/overrides.ts";
import { ConfigOverrides } from "../api/overrides.ts";
import type { RestConfig } from "../api/rest-config.ts";
import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import type { Host } from "../host/host.ts";
import type { ClientConfig } from "../loading/client-config.ts";
import {
  buildConfigFromFlags as buildConfigFromFlagsOn,
  deferredClientConfig,
  newDefaultClientConfig as newDefaultClientConfigOn,
} from "../loading/client-configs.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import type { DeferredRules } from "../loading/deferred-client-config.ts";
import { DirectClientConfig } from "../loading/direct-client-config.ts";
import { inClusterConfig as inClusterConfigOn, isInCluster as isInClusterOn } from "../loading/in-cluster.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import type { Prompter } from "../loading/prompt.ts";
import { terminalPrompter as terminalPrompterOn } from "../loading/terminal-prompter.ts";
import type { HostOption } from "../public-function.ts";
import { hostFunction, publicAsyncFunction, publicFunction } from "../public-function.ts";
import type { WarnOption } from "./public-loading.ts";
import { dropped } from "./public-loading.ts";

/** The option of functions that make client configs. */
export interface OverridesOption {
  /**
   * Values that take precedence over the files, such as flags: a {@link ConfigOverrides}, or a plain object with some of its
   * fields, such as `{ context: { namespace: "shop" } }`. Default: none. Read when the client config is used.
   */
  readonly overrides?: ConfigOverridesFields;
}

/** Options of client configs that are made of a config. */
export interface DirectOptions extends OverridesOption {
  /** What `configAccess()` returns; default: undefined. */
  readonly access?: ConfigAccess;
}

/**
 * Makes a client config that loads by rules, as late as possible: rules and overrides may be changed, for instance by
 * parsing a command line, until it is first used. Never prompts for credentials. client-go's
 * `NewNonInteractiveDeferredLoadingClientConfig`.
 *
 * @param rules - the rules, or a function that returns them when they are needed
 */
export const newNonInteractiveDeferredLoadingClientConfig = publicFunction(
  "newNonInteractiveDeferredLoadingClientConfig",
  { overrides: "object", warn: "function" },
  (host: Host, rules: DeferredRules, options: OverridesOption & WarnOption): ClientConfig =>
    deferredClientConfig(host, rulesOn(host, rules), checked(options)),
);

/**
 * Like {@link newNonInteractiveDeferredLoadingClientConfig}, but prompts for a user name and a password where the user
 * entry has no credentials. client-go's `NewInteractiveDeferredLoadingClientConfig`.
 *
 * @param rules - the rules, or a function that returns them when they are needed
 * @param prompter - {@link terminalPrompter} prompts on the terminal, as kubectl does
 */
export const newInteractiveDeferredLoadingClientConfig = publicFunction(
  "newInteractiveDeferredLoadingClientConfig",
  { overrides: "object", warn: "function" },
  (
    host: Host,
    rules: DeferredRules,
    prompter: Prompter,
    options: OverridesOption & WarnOption,
  ): ClientConfig => deferredClientConfig(host, rulesOn(host, rules), { ...checked(options), prompter }),
);

/** Refuses overrides with unknown fields at once: they are read later, where nothing shows who made them. */
function checked<Options extends OverridesOption>(options: Options): Options {
  void new ConfigOverrides(options.overrides);
  return options;
}

/** Refuses rules that belong to another machine, as soon as they are known. */
function rulesOn(host: Host, rules: DeferredRules): DeferredRules {
  if (typeof rules !== "function") {
    return rules;
  }
  return () => {
    const current: Optional<LoadingRules> & HostOption = rules();
    if (current.host !== undefined && current.host !== host) {
      throw new TypeError("the loading rules are those of another host: pass that one as an option, too");
    }
    return current;
  };
}

/**
 * Makes a client config from a config, for its current context. client-go's `NewDefaultClientConfig`.
 *
 * @param config - with absolute paths, as {@link loadConfig} returns it
 */
export const newDefaultClientConfig = publicFunction(
  "newDefaultClientConfig",
  { overrides: "object" },
  (host: Host, config: Config, options: OverridesOption): ClientConfig =>
    newDefaultClientConfigOn(host, config, checked(options).overrides),
);

/**
 * Makes a client config from a config, for one of its contexts, that never prompts for credentials. client-go's
 * `NewNonInteractiveClientConfig`.
 *
 * @param config - with absolute paths, as {@link loadConfig} returns it
 * @param contextName - `""` or undefined for the current context
 */
export const newNonInteractiveClientConfig = publicFunction(
  "newNonInteractiveClientConfig",
  { overrides: "object", access: "object" },
  (host: Host, config: Config, contextName: string | undefined, options: DirectOptions): ClientConfig =>
    new DirectClientConfig(host, { config, contextName: contextName ?? "", ...checked(options) }),
);

/**
 * Like {@link newNonInteractiveClientConfig}, but prompts for a user name and a password where the user entry has no
 * credentials. client-go's `NewInteractiveClientConfig`.
 *
 * @param config - with absolute paths, as {@link loadConfig} returns it
 * @param contextName - `""` or undefined for the current context
 * @param prompter - {@link terminalPrompter} prompts on the terminal, as kubectl does
 */
export const newInteractiveClientConfig = publicFunction(
  "newInteractiveClientConfig",
  { overrides: "object", access: "object" },
  (
    host: Host,
    config: Config,
    contextName: string | undefined,
    prompter: Prompter,
    options: DirectOptions,
  ): ClientConfig =>
    new DirectClientConfig(host, { config, contextName: contextName ?? "", prompter, ...checked(options) }),
);

/**
 * Makes a prompter that prompts as kubectl does: the question on standard output, the answer from standard input, a
 * password without echo. Its functions throw ConfigReadError: `EOF` where there is no answer, and where a password is
 * needed without a terminal.
 */
export const terminalPrompter = hostFunction("terminalPrompter", (host: Host): Prompter =>
  terminalPrompterOn(host),
);

/**
 * Makes a client config from the content of a kubeconfig. Relative paths are resolved against the current directory.
 * client-go's `NewClientConfigFromBytes`.
 *
 * @throws ConfigParseError if kubectl refuses the content
 */
export const clientConfigFromBytes = hostFunction(
  "clientConfigFromBytes",
  (host: Host, data: Uint8Array | string): ClientConfig =>
    new DirectClientConfig(host, { config: decodeConfig(data), contextName: "" }),
);

/**
 * Resolves the client configuration of a kubeconfig's current context. client-go's `RESTConfigFromKubeConfig`.
 *
 * @throws ConfigParseError if kubectl refuses the content
 * @throws InvalidConfigurationError if the configuration cannot be used
 */
export const restConfigFromKubeconfig = publicAsyncFunction(
  "restConfigFromKubeconfig",
  {},
  async (host: Host, data: Uint8Array | string, _options: object): Promise<RestConfig> =>
    await clientConfigFromBytes(data, { host }).clientConfig(),
);

/**
 * Resolves the client configuration for a server that is given by its address, by a kubeconfig or by both; by neither,
 * for the cluster that the process runs in. Ignores KUBECONFIG. client-go's `BuildConfigFromFlags`.
 *
 * @param masterUrl - `""` or undefined for none
 * @param kubeconfigPath - `""` or undefined for none
 * @throws InvalidConfigurationError, an empty config among them
 */
export const buildConfigFromFlags = publicAsyncFunction(
  "buildConfigFromFlags",
  { warn: "function" },
  async (
    host: Host,
    masterUrl: string | undefined,
    kubeconfigPath: string | undefined,
    { warn = dropped }: WarnOption,
  ): Promise<RestConfig> => await buildConfigFromFlagsOn(host, masterUrl ?? "", kubeconfigPath ?? "", warn),
);

/**
 * Resolves the client configuration in a pod, from the pod's service account. client-go's `rest.InClusterConfig`.
 *
 * @throws InvalidConfigurationError when the environment names no API server
 * @throws ConfigReadError when the token cannot be read
 */
export const inClusterConfig = publicFunction(
  "inClusterConfig",
  { warn: "function" },
  (host: Host, { warn = dropped }: WarnOption): RestConfig => inClusterConfigOn(host, warn),
);

/** Reports whether the process seems to run in a pod: the environment names the API server, and there is a token. */
export const isInCluster = hostFunction("isInCluster", isInClusterOn);
