import { Cluster } from "../api/cluster.ts";
import type { Config } from "../api/config.ts";
import { newConfig } from "../api/config.ts";
import type { ConfigOverridesFields } from "../api/overrides.ts";
import { ConfigOverrides } from "../api/overrides.ts";
import type { RestConfig } from "../api/rest-config.ts";
import type { Host } from "../host/host.ts";
import type { ClientConfig } from "./client-config.ts";
import { configAccess } from "./config-access.ts";
import type { DeferredRules } from "./deferred-client-config.ts";
import { DeferredLoadingClientConfig, deferredParts } from "./deferred-client-config.ts";
import { DirectClientConfig } from "./direct-client-config.ts";
import { inCluster, inClusterConfig } from "./in-cluster.ts";
import type { LoadingRules } from "./loading-rules.ts";
import { defaultLoadingRules } from "./loading-rules.ts";
import type { Prompter } from "./prompt.ts";

/** Receives client-go's log messages, without a trailing newline. */
export type Warn = (text: string) => void;

/** Optional parts of a client config. */
export interface ClientConfigOptions {
  /** Values that take precedence over the files, such as flags; default: none. Read when the client config is used. */
  readonly overrides?: ConfigOverridesFields | undefined;
  /** Prompts for a name and a password where the user entry has no credentials; default: nothing prompts. */
  readonly prompter?: Prompter | undefined;
  /** Receives client-go's log messages, without a trailing newline; default: they are dropped. */
  readonly warn?: Warn | undefined;
}

/** Makes a client config from a config, for its current context. client-go's `NewDefaultClientConfig`. */
export function newDefaultClientConfig(
  host: Host,
  config: Config,
  overrides: ConfigOverridesFields | undefined,
): ClientConfig {
  const access = configAccess(host, defaultLoadingRules(host));
  return new DirectClientConfig(host, { config, contextName: config.currentContext, overrides, access });
}

/**
 * Makes a client config that loads by rules, as late as possible. client-go's
 * `NewInteractiveDeferredLoadingClientConfig`, and `NewNonInteractiveDeferredLoadingClientConfig` if there is no
 * prompter.
 */
export function deferredClientConfig(
  host: Host,
  rules: DeferredRules,
  { overrides, prompter, warn = () => undefined }: ClientConfigOptions = {},
): ClientConfig {
  const surroundings = inCluster(host, overrides, warn);
  return new DeferredLoadingClientConfig(deferredParts(host, rules, overrides, prompter, surroundings));
}

/**
 * Resolves the client configuration for an address, a kubeconfig or the pod's cluster, as the library's
 * `buildConfigFromFlags` does.
 */
export async function buildConfigFromFlags(
  host: Host,
  masterUrl: string,
  kubeconfigPath: string,
  warn: Warn,
): Promise<RestConfig> {
  if (masterUrl === "" && kubeconfigPath === "") {
    warn(
      "Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.",
    );
    try {
      return inClusterConfig(host, warn);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      warn(`error creating inClusterConfig, falling back to default config: ${reason}`);
    }
  }
  const rules = defaultLoadingRules(host, {
    explicitPath: kubeconfigPath,
    precedence: [],
    migrationRules: new Map(),
    warnIfAllMissing: false,
  });
  const overrides = new ConfigOverrides({ cluster: new Cluster({ server: masterUrl }) });
  return await deferredClientConfig(host, rules, { overrides, warn }).clientConfig();
}

/**
 * Returns kubectl's defaults for every cluster: the server of KUBERNETES_MASTER, else `http://localhost:8080`.
 * client-go's `ClusterDefaults`.
 */
export function clusterDefaults(host: Host): Cluster {
  return new Cluster({ server: host.env["KUBERNETES_MASTER"] || "http://localhost:8080" });
}

/**
 * Returns kubectl's client config without any configuration, for `LoadingRules.defaultClientConfig`. client-go's
 * `DefaultClientConfig`.
 */
export function defaultClientConfig(host: Host): ClientConfig {
  const overrides = new ConfigOverrides({ clusterDefaults: clusterDefaults(host) });
  return newDefaultClientConfig(host, newConfig(), overrides);
}

/** The inputs of kubectl's client config, apart from the environment. */
export interface KubectlConfigParts extends ClientConfigOptions {
  /** The values of flags. Its cluster defaults become kubectl's. */
  readonly overrides: ConfigOverrides;
  /** The kubeconfig that `--kubeconfig` names, and what is logged of files; read when the client config is used. */
  readonly rules: () => Pick<LoadingRules, "explicitPath"> & Partial<LoadingRules>;
}

/**
 * Makes the client config of kubectl's commands: from flags, the kubeconfigs and the environment. cli-runtime's
 * `ConfigFlags.ToRawKubeConfigLoader`.
 */
export function kubectlClientConfig(
  host: Host,
  { overrides, rules, ...options }: KubectlConfigParts,
): ClientConfig {
  overrides.clusterDefaults = clusterDefaults(host);
  const allRules = (): LoadingRules =>
    defaultLoadingRules(host, { ...rules(), defaultClientConfig: defaultClientConfig(host) });
  return deferredClientConfig(host, allRules, { ...options, overrides });
}
