import type { RestConfigInput } from "../api/rest-config.ts";
import { RestConfig } from "../api/rest-config.ts";
import type { Host } from "../host/host.ts";
import { checkPolicy } from "./check-policy.ts";
import { CONNECT_KINDS } from "./connect-kinds.ts";
import { publicAsyncFunction, publicFunction } from "../public-function.ts";
import type { ClusterConnection, ClusterOptions } from "../transport/connect-to-cluster.ts";
import { connectToCluster as connectToClusterOn } from "../transport/connect-to-cluster.ts";
import type { ConnectOptions } from "../transport/connection.ts";
import { connect as connectOn } from "../transport/connection.ts";

/** The kind of each option of {@link connectToCluster} that chooses the cluster. */
const CHOICE = {
  context: "string",
  namespace: "string",
  kubeconfig: "string",
  config: "object",
  overrides: "object",
  prompter: "object",
  wrapConfig: "function",
} as const;

/**
 * Loads the kubeconfig, resolves a context and connects to its cluster, as kubectl does before every command:
 *
 * ```ts
 * await using client = await connectToCluster({ context: "staging" });
 * const pods = await (await client.fetch(`/api/v1/namespaces/${client.namespace}/pods`)).json();
 * ```
 *
 * All options can be left out. Without any configuration it connects to the cluster that the process runs in, if any. It
 * sends nothing and runs no plugin yet. An `oidc` token that it renews is saved to the kubeconfig, as kubectl does, unless
 * there is a `persistAuthProvider`; not with `config`, whose files it does not know.
 *
 * @throws InvalidConfigurationError, ConfigReadError for a configuration that cannot be loaded or used: `context "x" does
 *   not exist`
 * @throws ConnectionError, ExecPluginError, PluginPolicyError, KubercError as {@link connect}
 */
export const connectToCluster = publicAsyncFunction(
  "connectToCluster",
  { ...CHOICE, ...CONNECT_KINDS },
  async (host: Host, options: ClusterOptions): Promise<ClusterConnection> => {
    checkPolicy("connectToCluster: pluginPolicy", host, options.pluginPolicy);
    if (options.config !== undefined && options.kubeconfig !== undefined) {
      throw new TypeError('connectToCluster: options "config" and "kubeconfig" exclude each other');
    }
    return await connectToClusterOn(host, options, async (access, user, settings) => {
      // Loaded lazily: hardly any program renews a token.
      const { persisterForUser } = await import("../writing/persister-for-user.ts");
      await persisterForUser(host, access, user, { warn: options.warn })(settings);
    });
  },
);

/**
 * Makes a client for a server, with its credentials, TLS and proxy as client-go's `rest.Config` has them. Reads files,
 * but sends nothing and runs no plugin yet. Plugins run under the policy of the user's kuberc unless another is given.
 * {@link connectToCluster} finds the server in a kubeconfig first.
 *
 * @param config - a {@link RestConfig}, or a plain object with some of its fields
 * @throws ConnectionError, ConfigReadError, InvalidConfigurationError for what client-go refuses, in its words
 * @throws ExecPluginError, PluginPolicyError, KubercError for a plugin or policy that cannot be used
 */
export const connect = publicFunction(
  "connect",
  CONNECT_KINDS,
  (host: Host, config: RestConfigInput, options: ConnectOptions) => {
    checkPolicy("connect: pluginPolicy", host, options.pluginPolicy);
    return connectOn(host, restConfigOf(config), options);
  },
);

function restConfigOf(config: RestConfigInput | undefined): RestConfig {
  const isChoice = Object.keys(config ?? {}).some((name) => name in CHOICE);
  if (config === undefined || isChoice) {
    throw new TypeError(
      "connect: takes a RestConfig; connectToCluster({ context, … }) loads, resolves and connects in one call",
    );
  }
  return config instanceof RestConfig ? config : new RestConfig(config);
}
