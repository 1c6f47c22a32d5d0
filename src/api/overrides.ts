import { AuthInfo } from "./auth-info.ts";
import { Cluster } from "./cluster.ts";
import type { Context } from "./config.ts";
import { newContext } from "./config.ts";

/**
 * Values that take precedence over the loaded kubeconfigs, mostly from flags: client-go's `ConfigOverrides`.
 *
 * It may be changed until a client config is first used: flags that are bound to it write here while the command line
 * is parsed. Entries are never modified but replaced, as in
 * `overrides.authInfo = overrides.authInfo.with({ token })`.
 */
export class ConfigOverrides {
  /** Overrides the user entry, field by field. */
  authInfo: AuthInfo;
  /** Fills in the cluster entry where it sets nothing, field by field. */
  clusterDefaults: Cluster;
  /** Overrides the cluster entry, field by field. client-go's `ClusterInfo`. */
  cluster: Cluster;
  /** Overrides the context entry: names of a cluster and a user, and a namespace. */
  context: Context;
  /** The name of the context to use instead of the current one; `""` for that one. */
  currentContext: string;
  /** How long one request may take, as the flag has it: `5s`, `2m`, `5` (seconds), `0` or `""` for no limit. */
  timeout: string;

  constructor(fields: Partial<ConfigOverrides> = {}) {
    this.authInfo = fields.authInfo ?? new AuthInfo();
    this.clusterDefaults = fields.clusterDefaults ?? new Cluster();
    this.cluster = fields.cluster ?? new Cluster();
    this.context = fields.context ?? newContext();
    this.currentContext = fields.currentContext ?? "";
    this.timeout = fields.timeout ?? "";
  }
}
