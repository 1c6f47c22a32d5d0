import { Cluster } from "../api/cluster.ts";
import type { Config } from "../api/config.ts";
import { newConfig } from "../api/config.ts";
import { ConfigOverrides } from "../api/overrides.ts";
import type { RestConfig } from "../api/rest-config.ts";
import type { Host } from "../host/host.ts";
import type { ClientConfig } from "./client-config.ts";
import { configAccess } from "./config-access.ts";
import type { DeferredRules } from "./deferred-client-config.ts";
import { DeferredLoadingClientConfig, deferredParts } from "./deferred-client-config.ts";
import { DirectClientConfig } from "./direct-client-config.ts";
import { inCluster, inClusterConfig } from "./in-cluster.ts";
import { defaultLoadingRules } from "./loading-rules.ts";
import type { Prompter } from "./prompt.ts";

/** Receives what client-go would log, without a newline at the end. */
export type Warn = (text: string) => void;

/** What a client config is made of besides rules or a config; all may be left out. */
export interface ClientConfigOptions {
  /** What goes over the files, such as flags; default: nothing. It counts as it is when the client config is asked. */
  readonly overrides?: ConfigOverrides | undefined;
  /** Asked for a name and a password where the user entry does not say who the client is; default: nobody is. */
  readonly prompter?: Prompter | undefined;
  /** Receives what client-go would log, without a newline at the end; default: it is dropped. */
  readonly warn?: Warn | undefined;
}

/** Returns a client config of a config at hand, for its current context. client-go's `NewDefaultClientConfig`. */
export function newDefaultClientConfig(
  host: Host,
  config: Config,
  overrides: ConfigOverrides | undefined,
): ClientConfig {
  const access = configAccess(host, defaultLoadingRules(host));
  return new DirectClientConfig(host, { config, contextName: config.currentContext, overrides, access });
}

/**
 * Returns a client config that loads by rules, as late as possible. client-go's
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

/** Resolves what an address, a kubeconfig or the cluster around says, as the library's `buildConfigFromFlags` does. */
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
 * Returns what kubectl puts under every cluster: the server that KUBERNETES_MASTER names, else `http://localhost:8080`.
 * client-go's `ClusterDefaults`.
 */
export function clusterDefaults(host: Host): Cluster {
  return new Cluster({ server: host.env["KUBERNETES_MASTER"] || "http://localhost:8080" });
}

/**
 * Returns what kubectl does without any configuration, for `LoadingRules.defaultClientConfig`. client-go's
 * `DefaultClientConfig`.
 */
export function defaultClientConfig(host: Host): ClientConfig {
  const overrides = new ConfigOverrides({ clusterDefaults: clusterDefaults(host) });
  return newDefaultClientConfig(host, newConfig(), overrides);
}
