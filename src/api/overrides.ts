import type { AuthInfoInput } from "./auth-info.ts";
import { AuthInfo } from "./auth-info.ts";
import type { ClusterFields } from "./cluster.ts";
import { Cluster } from "./cluster.ts";
import type { Context } from "./config.ts";
import { newContext } from "./config.ts";
import type { Optional } from "./optional.ts";
import { withDefaults } from "./optional.ts";

/** The fields of {@link ConfigOverrides}, each with as many of its own as are to be set. */
export interface ConfigOverridesFields {
  /** Overrides the user entry, field by field. */
  readonly authInfo?: AuthInfoInput | undefined;
  /** Fills in the cluster entry where it sets nothing, field by field. */
  readonly clusterDefaults?: Optional<ClusterFields> | undefined;
  /** Overrides the cluster entry, field by field. */
  readonly cluster?: Optional<ClusterFields> | undefined;
  /** Overrides the context entry: names of a cluster and a user, and a namespace. */
  readonly context?: Optional<Context> | undefined;
  /** The name of the context to use instead of the current one. */
  readonly currentContext?: string | undefined;
  /** How long one request may take, as the flag has it. */
  readonly timeout?: string | undefined;
}

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

  constructor(fields: ConfigOverridesFields = {}) {
    const { authInfo, clusterDefaults, cluster, context, currentContext, timeout } =
      withDefaults<ConfigOverridesFields>("ConfigOverrides", NO_OVERRIDES, fields);
    this.authInfo = authInfo instanceof AuthInfo ? authInfo : new AuthInfo(authInfo);
    this.clusterDefaults =
      clusterDefaults instanceof Cluster ? clusterDefaults : new Cluster(clusterDefaults);
    this.cluster = cluster instanceof Cluster ? cluster : new Cluster(cluster);
    this.context = newContext(context);
    this.currentContext = currentContext ?? "";
    this.timeout = timeout ?? "";
  }
}

const NO_OVERRIDES = {
  authInfo: {},
  clusterDefaults: {},
  cluster: {},
  context: {},
  currentContext: "",
  timeout: "",
};
