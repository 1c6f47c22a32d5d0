import type { Config } from "../api/config.ts";
import type { ConfigOverrides } from "../api/overrides.ts";
import type { RestConfig } from "../api/rest-config.ts";
import { confirmUsable as confirmUsableWith, validate } from "../clientcmd/validation.ts";
import type { Host } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import type { ClientConfig } from "../loading/client-config.ts";
import * as onHost from "../loading/client-configs.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import type { DeferredRules } from "../loading/deferred-client-config.ts";
import { inClusterConfig as inClusterConfigOn, isInCluster as isInClusterOn } from "../loading/in-cluster.ts";
import { openFaultOn } from "../loading/file-open-error.ts";
import type { Prompter } from "../loading/prompt.ts";
import { terminalPrompter as terminalPrompterOn } from "../loading/terminal-prompter.ts";

/** What the functions that make client configs can be told besides. */
export interface ClientConfigOptions {
  /** What `configAccess()` answers; default: nothing. Deferred client configs answer for their own rules. */
  readonly access?: ConfigAccess;
  /** Told of an in-cluster CA that cannot be used; default: nobody is. */
  readonly warn?: (text: string) => void;
  /** Default: the machine that Node runs on. */
  readonly host?: Host;
}

/**
 * A client config that loads by rules, as late as possible: rules and overrides may be changed, by parsing a command line
 * for instance, until it is asked for something. Asks nobody for credentials. client-go's
 * `NewNonInteractiveDeferredLoadingClientConfig`.
 *
 * @param rules - the rules, or a function that tells them when they are needed
 * @param overrides - what goes over the files, such as flags; default: nothing
 * @param options - the machine, and who is told of warnings
 */
export function newNonInteractiveDeferredLoadingClientConfig(
  rules: DeferredRules,
  overrides?: ConfigOverrides,
  { host = nodeHost, warn }: ClientConfigOptions = {},
): ClientConfig {
  return onHost.newNonInteractiveDeferredLoadingClientConfig(host, rules, overrides, warn);
}

/**
 * As {@link newNonInteractiveDeferredLoadingClientConfig}, but asks for a user name and a password where the user entry
 * does not say who the client is. client-go's `NewInteractiveDeferredLoadingClientConfig`.
 *
 * @param rules - the rules, or a function that tells them when they are needed
 * @param overrides - what goes over the files, such as flags; undefined for nothing
 * @param prompter - {@link terminalPrompter} asks on the terminal, as kubectl does
 * @param options - the machine, and who is told of warnings
 */
export function newInteractiveDeferredLoadingClientConfig(
  rules: DeferredRules,
  overrides: ConfigOverrides | undefined,
  prompter: Prompter,
  { host = nodeHost, warn }: ClientConfigOptions = {},
): ClientConfig {
  return onHost.newInteractiveDeferredLoadingClientConfig(host, rules, overrides, prompter, warn);
}

/**
 * A client config of a config at hand, for its current context. client-go's `NewDefaultClientConfig`.
 *
 * @param config - with absolute paths, as `loadConfig` gives it
 * @param overrides - what goes over it, such as flags; default: nothing
 * @param options - the machine
 */
export function newDefaultClientConfig(
  config: Config,
  overrides?: ConfigOverrides,
  { host = nodeHost }: ClientConfigOptions = {},
): ClientConfig {
  return onHost.newDefaultClientConfig(host, config, overrides);
}

/**
 * A client config of a config at hand, for one of its contexts, that asks nobody for credentials. client-go's
 * `NewNonInteractiveClientConfig`.
 *
 * @param config - with absolute paths, as `loadConfig` gives it
 * @param contextName - `""` for the current context
 * @param overrides - what goes over it, such as flags; default: nothing
 * @param options - the machine, and where changes would go
 */
export function newNonInteractiveClientConfig(
  config: Config,
  contextName: string,
  overrides?: ConfigOverrides,
  { host = nodeHost, access }: ClientConfigOptions = {},
): ClientConfig {
  return onHost.newNonInteractiveClientConfig(host, config, contextName, overrides, access);
}

/**
 * As {@link newNonInteractiveClientConfig}, but asks for a user name and a password where the user entry does not say who
 * the client is. client-go's `NewInteractiveClientConfig`.
 *
 * @param config - with absolute paths, as `loadConfig` gives it
 * @param contextName - `""` for the current context
 * @param overrides - what goes over it, such as flags; undefined for nothing
 * @param prompter - {@link terminalPrompter} asks on the terminal, as kubectl does
 * @param options - the machine, and where changes would go
 */
export function newInteractiveClientConfig(
  config: Config,
  contextName: string,
  overrides: ConfigOverrides | undefined,
  prompter: Prompter,
  { host = nodeHost, access }: ClientConfigOptions = {},
): ClientConfig {
  return onHost.newInteractiveClientConfig(host, config, contextName, overrides, prompter, access);
}

/**
 * Asks as kubectl does: the question on standard output, the answer from standard input, a password without showing it.
 * Its functions throw ConfigReadError: `EOF` where there is no answer, and where a password is asked for without a
 * terminal.
 */
export function terminalPrompter(host: Host = nodeHost): Prompter {
  return terminalPrompterOn(host);
}

/**
 * A client config of a kubeconfig's text. Relative paths are taken against the current directory. client-go's
 * `NewClientConfigFromBytes`.
 *
 * @throws ConfigParseError for what kubectl refuses
 */
export function clientConfigFromBytes(data: Uint8Array | string, host: Host = nodeHost): ClientConfig {
  return onHost.clientConfigFromBytes(host, data);
}

/**
 * All that is needed to talk to the server of a kubeconfig's current context. client-go's `RESTConfigFromKubeConfig`.
 *
 * @throws ConfigParseError for what kubectl refuses
 * @throws InvalidConfigurationError for what cannot be used
 */
export async function restConfigFromKubeconfig(
  data: Uint8Array | string,
  host: Host = nodeHost,
): Promise<RestConfig> {
  return await onHost.restConfigFromKubeconfig(host, data);
}

/**
 * All that is needed to talk to a server that is given by its address, by a kubeconfig or by both; by neither, that of
 * the cluster that the process runs in. The environment's KUBECONFIG does not count. client-go's `BuildConfigFromFlags`.
 *
 * @param masterUrl - `""` for none
 * @param kubeconfigPath - `""` for none
 * @param options - the machine, and who is told of warnings
 * @throws InvalidConfigurationError, an empty config among them
 */
export async function buildConfigFromFlags(
  masterUrl: string,
  kubeconfigPath: string,
  { host = nodeHost, warn }: ClientConfigOptions = {},
): Promise<RestConfig> {
  return await onHost.buildConfigFromFlags(host, masterUrl, kubeconfigPath, warn);
}

/**
 * All that a client in a pod needs, by the service account that Kubernetes gave to the pod. client-go's
 * `rest.InClusterConfig`.
 *
 * @param options - the machine, and who is told of a certificate authority that cannot be used
 * @throws InvalidConfigurationError when the environment names no API server
 * @throws ConfigReadError when the token cannot be read
 */
export function inClusterConfig({
  host = nodeHost,
  warn = () => undefined,
}: ClientConfigOptions = {}): RestConfig {
  return inClusterConfigOn(host, warn);
}

/** Whether the process seems to run in a pod: the environment names the API server, and there is a token. */
export function isInCluster(host: Host = nodeHost): boolean {
  return isInClusterOn(host);
}

/**
 * Refuses a config in which something is wrong, and tells all of it. client-go's `Validate`.
 *
 * @param host - where the files are that the config names; default: the machine that Node runs on
 * @throws InvalidConfigurationError with every problem in `errors`
 */
export function validateConfig(config: Config, host: Host = nodeHost): void {
  validate(config, openFaultOn(host));
}

/**
 * Refuses a config of which one context cannot be used, and tells all that is wrong with it, its user and its cluster;
 * other entries may be as they like. client-go's `ConfirmUsable`.
 *
 * @param contextName - `""` for the current context
 * @param host - where the files are that the config names; default: the machine that Node runs on
 * @throws InvalidConfigurationError with every problem in `errors`
 * @throws ContextNotFoundError if no context is chosen
 */
export function confirmUsable(config: Config, contextName = "", host: Host = nodeHost): void {
  confirmUsableWith(config, contextName, openFaultOn(host));
}
