import { Cluster } from "../api/cluster.ts";
import type { Config } from "../api/config.ts";
import { newConfig } from "../api/config.ts";
import { ConfigOverrides } from "../api/overrides.ts";
import type { RestConfig } from "../api/rest-config.ts";
import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import type { Host } from "../host/host.ts";
import type { ClientConfig } from "./client-config.ts";
import type { ConfigAccess } from "./config-access.ts";
import { configAccess } from "./config-access.ts";
import type { DeferredRules } from "./deferred-client-config.ts";
import { DeferredLoadingClientConfig, deferredParts } from "./deferred-client-config.ts";
import { DirectClientConfig } from "./direct-client-config.ts";
import { inCluster, inClusterConfig } from "./in-cluster.ts";
import { defaultLoadingRules } from "./loading-rules.ts";
import type { Prompter } from "./prompt.ts";

/** Told what client-go would log, without a newline at the end. */
export type Warn = (text: string) => void;

const tellNobody: Warn = () => undefined;

/** A client config of a config at hand, for its current context. client-go's `NewDefaultClientConfig`. */
export function newDefaultClientConfig(
  host: Host,
  config: Config,
  overrides: ConfigOverrides | undefined,
): ClientConfig {
  const access = configAccess(host, defaultLoadingRules(host));
  return newNonInteractiveClientConfig(host, config, config.currentContext, overrides, access);
}

/**
 * A client config of a config at hand, for one of its contexts, that asks nobody for credentials. client-go's
 * `NewNonInteractiveClientConfig`.
 *
 * @param contextName - `""` for the current context
 */
export function newNonInteractiveClientConfig(
  host: Host,
  config: Config,
  contextName: string,
  overrides: ConfigOverrides | undefined,
  access?: ConfigAccess,
): ClientConfig {
  return new DirectClientConfig(host, { config, contextName, overrides, prompter: undefined, access });
}

/**
 * As {@link newNonInteractiveClientConfig}, but asks for a user name and a password where the user entry does not say who
 * the client is. client-go's `NewInteractiveClientConfig`.
 */
export function newInteractiveClientConfig(
  host: Host,
  config: Config,
  contextName: string,
  overrides: ConfigOverrides | undefined,
  prompter: Prompter,
  access?: ConfigAccess,
): ClientConfig {
  return new DirectClientConfig(host, { config, contextName, overrides, prompter, access });
}

/**
 * A client config that loads by rules, as late as possible: rules and overrides may be changed until it is asked for
 * something. Asks nobody for credentials. client-go's `NewNonInteractiveDeferredLoadingClientConfig`.
 *
 * @param warn - told of an in-cluster CA that cannot be used
 */
export function newNonInteractiveDeferredLoadingClientConfig(
  host: Host,
  rules: DeferredRules,
  overrides: ConfigOverrides | undefined,
  warn: Warn = tellNobody,
): ClientConfig {
  return deferred(host, rules, overrides, undefined, warn);
}

/**
 * As {@link newNonInteractiveDeferredLoadingClientConfig}, but asks for a user name and a password where the user entry
 * does not say who the client is. client-go's `NewInteractiveDeferredLoadingClientConfig`.
 */
export function newInteractiveDeferredLoadingClientConfig(
  host: Host,
  rules: DeferredRules,
  overrides: ConfigOverrides | undefined,
  prompter: Prompter,
  warn: Warn = tellNobody,
): ClientConfig {
  return deferred(host, rules, overrides, prompter, warn);
}

/**
 * A client config of a kubeconfig's text. Relative paths are taken as they are, against the current directory.
 * client-go's `NewClientConfigFromBytes`.
 *
 * @throws ConfigParseError for what kubectl refuses
 */
export function clientConfigFromBytes(host: Host, data: Uint8Array | string): ClientConfig {
  return newNonInteractiveClientConfig(host, decodeConfig(data), "", new ConfigOverrides());
}

/**
 * All that is needed to talk to the server of a kubeconfig's current context. client-go's `RESTConfigFromKubeConfig`.
 *
 * @throws ConfigParseError for what kubectl refuses
 * @throws InvalidConfigurationError for what cannot be used
 */
export async function restConfigFromKubeconfig(host: Host, data: Uint8Array | string): Promise<RestConfig> {
  return await clientConfigFromBytes(host, data).clientConfig();
}

/**
 * All that is needed to talk to a server that is given by its address, by a kubeconfig or by both; by neither, that of
 * the cluster that the process runs in. The environment's KUBECONFIG does not count. client-go's `BuildConfigFromFlags`.
 *
 * @param masterUrl - `""` for none
 * @param kubeconfigPath - `""` for none
 * @param warn - told what client-go logs
 * @throws InvalidConfigurationError, an empty config among them
 */
export async function buildConfigFromFlags(
  host: Host,
  masterUrl: string,
  kubeconfigPath: string,
  warn: Warn = tellNobody,
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
  return await newNonInteractiveDeferredLoadingClientConfig(host, rules, overrides, warn).clientConfig();
}

/**
 * What kubectl puts under every cluster: the server that KUBERNETES_MASTER names, else `http://localhost:8080`.
 * client-go's `ClusterDefaults`.
 */
export function clusterDefaults(host: Host): Cluster {
  return new Cluster({ server: host.env["KUBERNETES_MASTER"] || "http://localhost:8080" });
}

/**
 * What kubectl does without any configuration, for `LoadingRules.defaultClientConfig`. client-go's
 * `DefaultClientConfig`.
 */
export function defaultClientConfig(host: Host): ClientConfig {
  const overrides = new ConfigOverrides({ clusterDefaults: clusterDefaults(host) });
  return newDefaultClientConfig(host, newConfig(), overrides);
}

function deferred(
  host: Host,
  rules: DeferredRules,
  overrides: ConfigOverrides | undefined,
  prompter: Prompter | undefined,
  warn: Warn,
): ClientConfig {
  const surroundings = inCluster(host, overrides, warn);
  return new DeferredLoadingClientConfig(deferredParts(host, rules, overrides, prompter, surroundings));
}
