import type { RestConfig } from "../api/rest-config.ts";
import type { Host } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import type { Connection, ConnectOptions } from "../transport/connection.ts";
import { connect as connectOn } from "../transport/connection.ts";

/**
 * Makes a client for a server, with its credentials, TLS and proxy as client-go's `rest.Config` has them. Files are read,
 * but nothing is sent and no plugin runs yet. Plugins run under the policy of the user's kuberc unless another is given.
 *
 * @param host - default: the machine that Node runs on
 * @throws ConnectionError, ConfigReadError, InvalidConfigurationError for what client-go refuses, in its words
 * @throws ExecPluginError, PluginPolicyError, KubercError where a plugin is to be used, for what is wrong with it or with
 *   the policy
 */
export function connect(config: RestConfig, options: ConnectOptions = {}, host: Host = nodeHost): Connection {
  return connectOn(host, config, options);
}
