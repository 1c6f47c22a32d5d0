import type { Config } from "../api/config.ts";
import type { ConfigOverridesFields } from "../api/overrides.ts";
import { ConfigOverrides } from "../api/overrides.ts";
import { INSPECT } from "../api/redaction.ts";
import { RestConfig } from "../api/rest-config.ts";
import type { ContextSelection } from "../clientcmd/chosen-entries.ts";
import { chosenAuthInfoName, chosenClusterName, chosenContextName } from "../clientcmd/chosen-entries.ts";
import type { Host } from "../host/host.ts";
import type { ClientConfig } from "../loading/client-config.ts";
import { deferredClientConfig } from "../loading/client-configs.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import { DirectClientConfig } from "../loading/direct-client-config.ts";
import { defaultLoadingRules } from "../loading/loading-rules.ts";
import type { Prompter } from "../loading/prompt.ts";
import type { Connection, ConnectOptions } from "./connection.ts";
import { connectionParts, OpenConnection } from "./connection.ts";
import type { FetchContext } from "./fetch.ts";
import type { PersistAuthProvider } from "./oidc-token.ts";

/** Options of `connectToCluster`: which cluster, as whom, and how to connect. */
export interface ClusterOptions extends ConnectOptions {
  /** The name of the context, as `--context`. Default: the current context. */
  readonly context?: string | undefined;
  /** The namespace, as `--namespace`. Default: that of the context, else `default`. */
  readonly namespace?: string | undefined;
  /** The only kubeconfig to read, as `--kubeconfig`. Default: the files of `KUBECONFIG`, else `~/.kube/config`. */
  readonly kubeconfig?: string | undefined;
  /**
   * A config that is loaded already, in place of files: for programs that connect to many of its contexts. Connections
   * to contexts of the same config share what they have in common: plugin runs and authorities.
   */
  readonly config?: Config | undefined;
  /**
   * Values that take precedence over the kubeconfig, as all other flags do: `{ authInfo: { impersonate: "jane" } }`.
   * `context` and `namespace` take precedence over those in it.
   */
  readonly overrides?: ConfigOverridesFields | undefined;
  /** Prompts for a user name and a password where the user has no credentials. Default: nothing prompts. */
  readonly prompter?: Prompter | undefined;
  /**
   * Changes what the kubeconfig resolves to, just before connecting, such as
   * `(config) => config.with({ userAgent: "shop/1.0" })`. cli-runtime's `WrapConfigFn`.
   */
  readonly wrapConfig?: ((config: RestConfig) => RestConfig) | undefined;
}

/** A client of the cluster of a context. Inspecting or stringifying it shows its names and the server only. */
export interface ClusterConnection extends Connection {
  /** The name of the context; `""` where the configuration names none, such as in a pod. */
  readonly context: string;
  /** The name of the cluster entry; `""` where there is none. */
  readonly cluster: string;
  /** The name of the user entry; `""` where there is none. */
  readonly user: string;
  /** The namespace that requests go to. */
  readonly namespace: string;
}

/** Saves the renewed tokens of a user's auth-provider to the files of a configuration. */
export type TokenKeeper = (
  access: ConfigAccess,
  user: string,
  settings: Parameters<PersistAuthProvider>[0],
) => Promise<void>;

/** Loads, resolves and connects, as the library's `connectToCluster` does. */
export async function connectToCluster(
  host: Host,
  options: ClusterOptions,
  keepTokens: TokenKeeper,
): Promise<ClusterConnection> {
  const { kubeconfig, config, prompter, wrapConfig, warn } = options;
  const overrides = overridesOf(host, options);
  const clientConfig: ClientConfig =
    config === undefined
      ? deferredClientConfig(host, defaultLoadingRules(host, { explicitPath: kubeconfig }), {
          overrides,
          prompter,
          warn,
        })
      : new DirectClientConfig(host, { config, contextName: "", overrides, prompter });
  const resolved = await clientConfig.clientConfig();
  const choice: ContextSelection = { config: clientConfig.rawConfig(), contextName: "", overrides };
  const names = {
    context: chosenContextName(choice),
    cluster: chosenClusterName(choice).name,
    user: chosenAuthInfoName(choice).name,
    namespace: clientConfig.namespace().namespace,
  };
  const access = clientConfig.configAccess();
  const parts = connectionParts(
    host,
    wrapConfig === undefined ? resolved : new RestConfig(wrapConfig(resolved)),
    {
      ...(access && { persistAuthProvider: (settings) => keepTokens(access, names.user, settings) }),
      ...options,
    },
  );
  return new NamedConnection(parts, names);
}

function overridesOf(host: Host, { context, namespace, overrides: given }: ClusterOptions): ConfigOverrides {
  const overrides = new ConfigOverrides(given);
  // The error of an empty configuration says to set it, and kubectl reads it.
  const master = host.env["KUBERNETES_MASTER"] ?? "";
  if (master !== "" && overrides.clusterDefaults.server === "") {
    overrides.clusterDefaults = overrides.clusterDefaults.with({ server: master });
  }
  overrides.currentContext = context || overrides.currentContext;
  overrides.context = { ...overrides.context, namespace: namespace || overrides.context.namespace };
  return overrides;
}

type Names = Pick<ClusterConnection, "context" | "cluster" | "user" | "namespace">;

class NamedConnection extends OpenConnection implements ClusterConnection {
  readonly context: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;

  constructor(parts: FetchContext, { context, cluster, user, namespace }: Names) {
    super(parts);
    this.context = context;
    this.cluster = cluster;
    this.user = user;
    this.namespace = namespace;
  }

  override toJSON(): object {
    const { context, cluster, user, namespace, server } = this;
    return { context, cluster, user, namespace, server };
  }

  override [INSPECT](): string {
    const { context, namespace, server } = this;
    return `ClusterConnection(${JSON.stringify({ context, namespace, server })})`;
  }
}
