/**
 * Lets @kubernetes/client-node load kubeconfigs and connect as kubectl does.
 *
 * @module kcfg/client-node
 */

import type { RequestOptions } from "node:https";
import type { ApiType, HttpLibrary, RequestContext } from "@kubernetes/client-node";
import {
  createConfiguration,
  KubeConfig,
  ResponseContext,
  ServerConfiguration,
  wrapHttpLibrary,
} from "@kubernetes/client-node";
import type { Dispatcher } from "undici";
import type { AuthInfo } from "./api/auth-info.ts";
import type { Cluster } from "./api/cluster.ts";
import type { Config } from "./api/config.ts";
import { checkOptions } from "./check-options.ts";
import { CONNECT_KINDS } from "./library/connect-kinds.ts";
// All that has state or classes comes from here, so that there is one copy of it: see scripts/build-library.mjs.
import {
  ConfigOverrides,
  connect,
  ConnectionError,
  defaultLoadingRules,
  isInCluster,
  loadConfig,
  newNonInteractiveClientConfig,
  newNonInteractiveDeferredLoadingClientConfig,
  pathOptions,
  persisterForUser,
} from "./index.ts";
import type { ClientConfig } from "./loading/client-config.ts";
import type { HostOption } from "./public-function.ts";
import type { Connection, ConnectOptions } from "./transport/connection.ts";

/** Which kubeconfigs {@link loadKubeConfig} loads, which context is the current one, and how it connects. */
export interface LoadKubeConfigOptions extends HostOption, ConnectOptions {
  /** The current context; that of the files if not given. */
  readonly context?: string | undefined;
  /** The only kubeconfig to load, as by `--kubeconfig`; the files of `KUBECONFIG` or `~/.kube/config` if not given. */
  readonly kubeconfig?: string | undefined;
}

/** A `KubeConfig` that connects as kubectl does: see {@link loadKubeConfig}. */
export interface LoadedKubeConfig extends KubeConfig {
  /** Ends pending requests and closes the connections of all contexts. */
  close(): Promise<void>;
  /** Does what `close` does, at the end of a block with `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

const LOADING_KINDS = {
  context: "string",
  kubeconfig: "string",
  host: "object",
  env: "object",
  ...CONNECT_KINDS,
} as const;

/**
 * Loads and merges kubeconfigs as kubectl does, into a `KubeConfig` of the official client, @kubernetes/client-node 1.x or
 * 2.x: in place of `new KubeConfig()` and `loadFromDefault()`.
 *
 * ```ts
 * const kubeConfig = await loadKubeConfig({ context: "staging" });
 * ```
 *
 * It has all contexts, clusters and users by their own names. Requests go through a connection of kcfg to the context
 * that is current when they are sent; clients from `makeApiClient` stay with the context that was current when they were
 * made. A context connects when it is first used, by kubectl's rules: credentials (plugins under the plugin policy of the
 * kuberc), TLS, proxy. Without a kubeconfig, in a pod, it connects to the cluster of the pod.
 *
 * The entries hold no credentials, and loading something into it afterwards does not change how it connects.
 *
 * @throws ConfigReadError when `kubeconfig` does not exist
 * @throws InvalidConfigurationError for files that cannot be read or parsed, and for a `context` that does not exist.
 *   Faults of other contexts do not matter until they are used: then requests are rejected
 */
export async function loadKubeConfig(options?: LoadKubeConfigOptions): Promise<LoadedKubeConfig> {
  const checked = checkOptions<LoadKubeConfigOptions>("loadKubeConfig", LOADING_KINDS, options);
  const { context = "", kubeconfig, host, env, ...connecting } = checked;
  const machine = { host, env };
  const loading = { explicitPath: kubeconfig, ...machine };
  const config = loadConfig(loading);
  const access = pathOptions(loading);
  const isEmpty = config.contexts.size + config.clusters.size + config.authInfos.size === 0;
  const clientConfig = (name: string): ClientConfig => {
    const overrides = new ConfigOverrides();
    overrides.currentContext = name;
    return isEmpty && (name === "" || name === POD.context)
      ? newNonInteractiveDeferredLoadingClientConfig(defaultLoadingRules(loading), machine)
      : newNonInteractiveClientConfig(config, "", { overrides, access, ...machine });
  };
  if (context !== "" && !config.contexts.has(context)) {
    await clientConfig(context).clientConfig();
  }
  const entries =
    isEmpty && isInCluster(machine) ? await entriesOfPod(clientConfig("")) : entriesOf(config, context);
  return new LoadedConfig(entries, async (name) => {
    const user = config.contexts.get(name || config.currentContext)?.authInfo ?? "";
    const persistAuthProvider = persisterForUser(access, user);
    return connect(await clientConfig(name).clientConfig(), {
      persistAuthProvider,
      ...connecting,
      ...machine,
    });
  });
}

/** The entries of a `KubeConfig`. */
interface Entries {
  readonly clusters: KubeConfig["clusters"];
  readonly users: KubeConfig["users"];
  readonly contexts: KubeConfig["contexts"];
  readonly currentContext: string;
}

function entriesOf(config: Config, context: string): Entries {
  return {
    clusters: Array.from(config.clusters, ([name, cluster]) => clusterOf(name, cluster)),
    users: Array.from(config.authInfos, ([name, user]) => userOf(name, user)),
    contexts: Array.from(config.contexts, ([name, { cluster, authInfo, namespace }]) => ({
      name,
      cluster,
      user: authInfo,
      ...(namespace !== "" && { namespace }),
    })),
    currentContext: context || config.currentContext,
  };
}

function clusterOf(name: string, cluster: Cluster): Entries["clusters"][number] {
  const { certificateAuthorityData, certificateAuthority, tlsServerName, proxyUrl } = cluster;
  return {
    name,
    server: withoutCredentials(cluster.server).replace(/\/$/, ""),
    skipTLSVerify: cluster.insecureSkipTlsVerify,
    ...(certificateAuthorityData !== undefined && {
      caData: Buffer.from(certificateAuthorityData).toString("base64"),
    }),
    ...(certificateAuthority !== "" && { caFile: certificateAuthority }),
    ...(tlsServerName !== "" && { tlsServerName }),
    ...(proxyUrl !== "" && { proxyUrl: withoutCredentials(proxyUrl) }),
  };
}

/** Returns what is no credential of a user: the official client would use them, and run plugins, by its own rules. */
function userOf(name: string, user: AuthInfo): Entries["users"][number] {
  return {
    name,
    ...(user.username !== "" && { username: user.username }),
    ...(user.impersonate !== "" && { impersonateUser: user.impersonate }),
  };
}

function withoutCredentials(url: string): string {
  return url.replace(/^([^/?#]*\/\/)[^/?#]*@/, "$1");
}

/** The names that the official client gives to what a pod finds. */
const POD = { cluster: "inCluster", user: "inClusterUser", context: "inClusterContext" };

async function entriesOfPod(clientConfig: ClientConfig): Promise<Entries> {
  const { host } = await clientConfig.clientConfig();
  const { namespace } = clientConfig.namespace();
  const { cluster, user, context } = POD;
  return {
    clusters: [{ name: cluster, server: host, skipTLSVerify: false }],
    users: [{ name: user }],
    contexts: [{ name: context, cluster, user, namespace }],
    currentContext: context,
  };
}

/** How {@link toKubeConfig} names things. */
export interface KubeConfigOptions {
  /** The namespace of the context; `default` if not given. */
  readonly namespace?: string | undefined;
  /** The name of the context, cluster and user; `kcfg` if not given. */
  readonly name?: string | undefined;
}

/**
 * Makes a `KubeConfig` of the official client, @kubernetes/client-node 1.x or 2.x, whose every request goes through a
 * connection: its credentials (with plugins under its policy, run again when they expire or are refused), its TLS, its
 * proxy, its timeout and its user agent. API clients, Watch, Exec, Log and the rest accept it like any other.
 *
 * What is made by `makeApiClient` sends by the connection's own `fetch`, which also waits and sends again when the server
 * asks for that. The error of a request that could not be sent has the `ConnectionError` as its `cause`.
 *
 * It holds no credentials itself, so nothing secret is in its users or in what it exports; loading something into it
 * afterwards changes nothing of the connection. Close the connection when it is no longer needed.
 */
export function toKubeConfig(connection: Connection, options?: KubeConfigOptions): KubeConfig {
  const kinds = { namespace: "string", name: "string" } as const;
  return new ConnectedKubeConfig(connection, checkOptions<KubeConfigOptions>("toKubeConfig", kinds, options));
}

/** A `KubeConfig` whose requests go through connections of kcfg. */
abstract class RoutedKubeConfig extends KubeConfig {
  constructor(entries: Entries) {
    super();
    this.loadFromOptions(entries);
  }

  /** Returns the connection for requests that are sent now. */
  protected abstract connection(): Promise<Connection>;

  /** Makes an API client that sends by the connection's own `fetch`. */
  override makeApiClient<ApiClient extends ApiType>(
    type: new (config: ApiConfiguration) => ApiClient,
  ): ApiClient {
    const baseServer = new ServerConfiguration(PLACEHOLDER, {});
    return new type(createConfiguration({ baseServer, httpApi: httpLibrary(this.connectionToKeep()) }));
  }

  /** Returns a function that returns the connection for a client that is made now. */
  protected abstract connectionToKeep(): () => Promise<Connection>;

  /** Adds the credentials for API clients that were made otherwise, and for all but WebSockets in 2.x. */
  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    if (takesDispatcher(context)) {
      context.setDispatcher((await this.connection()).dispatcher());
      return;
    }
    const { agent, authorization } = await this.#agent();
    context.setAgent(agent);
    if (authorization !== undefined) {
      context.setHeaderParam("Authorization", authorization);
    }
  }

  /** Adds the credentials for WebSockets, and for callers of Node's `https`. */
  override async applyToHTTPSOptions(options: RequestOptions): Promise<void> {
    const { agent, headers, servername, rejectUnauthorized } = await (await this.connection()).httpsOptions();
    Object.assign(options, {
      agent,
      servername,
      rejectUnauthorized,
      headers: Object.assign({}, options.headers, headers),
    });
  }

  /** Adds the credentials for Watch, Log and others in 1.x. */
  override async applyToFetchOptions(options: RequestOptions): ReturnType<KubeConfig["applyToFetchOptions"]> {
    const { agent, authorization } = await this.#agent();
    const headers = new Headers();
    for (const [name, value] of Object.entries(options.headers ?? {})) {
      for (const each of Array.isArray(value) ? value : [value]) {
        headers.append(name, String(each));
      }
    }
    if (authorization !== undefined && !headers.has("Authorization")) {
      headers.set("Authorization", authorization);
    }
    // node-fetch accepts WHATWG headers, although its types do not say so. The agent has the connection's timeout.
    const init: object = { agent, headers, method: options.method, timeout: options.timeout };
    return init;
  }

  /** Returns an agent and headers; the agent adds the impersonation headers by itself. */
  async #agent(): Promise<{
    readonly agent: Awaited<ReturnType<Connection["httpsOptions"]>>["agent"];
    readonly authorization: string | undefined;
  }> {
    const { agent, headers } = await (await this.connection()).httpsOptions();
    const authorization = headers["Authorization"];
    return { agent, authorization: typeof authorization === "string" ? authorization : undefined };
  }
}

class ConnectedKubeConfig extends RoutedKubeConfig {
  readonly #connection: Connection;

  constructor(connection: Connection, { namespace, name = "kcfg" }: KubeConfigOptions) {
    super({
      clusters: [{ name, server: connection.server, skipTLSVerify: false }],
      users: [{ name }],
      contexts: [{ name, cluster: name, user: name, ...(namespace !== undefined && { namespace }) }],
      currentContext: name,
    });
    this.#connection = connection;
  }

  protected override async connection(): Promise<Connection> {
    return this.#connection;
  }

  protected override connectionToKeep(): () => Promise<Connection> {
    return () => this.connection();
  }
}

/** Connects to a context, once, when it is first used. */
class LoadedConfig extends RoutedKubeConfig implements LoadedKubeConfig {
  readonly #connect: (context: string) => Promise<Connection>;
  readonly #connections = new Map<string, Promise<Connection>>();

  constructor(entries: Entries, connectTo: (context: string) => Promise<Connection>) {
    super(entries);
    this.#connect = connectTo;
  }

  protected override connection(): Promise<Connection> {
    return this.#connectionOf(this.getCurrentContext());
  }

  protected override connectionToKeep(): () => Promise<Connection> {
    const context = this.getCurrentContext();
    return () => this.#connectionOf(context);
  }

  async #connectionOf(context: string): Promise<Connection> {
    const known = this.#connections.get(context) ?? this.#connect(context);
    this.#connections.set(context, known);
    try {
      return await known;
    } catch (error) {
      // It may succeed later.
      this.#connections.delete(context);
      throw error;
    }
  }

  async close(): Promise<void> {
    const all = await Promise.allSettled(this.#connections.values());
    await Promise.all(all.map(async (each) => each.status === "fulfilled" && (await each.value.close())));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

/** Reports whether the client sends through undici, as 2.x does; 1.x uses node-fetch. */
function takesDispatcher(
  context: RequestContext,
): context is RequestContext & { setDispatcher: (dispatcher: Dispatcher) => void } {
  return "setDispatcher" in context;
}

/** What the constructors of API clients take. */
type ApiConfiguration = ReturnType<typeof createConfiguration>;

/** The server of the requests of API clients, which go to that of a connection. */
const PLACEHOLDER = "http://connection.kcfg.invalid";

/** Sends the requests of API clients by a connection's `fetch`. */
function httpLibrary(connected: () => Promise<Connection>): HttpLibrary {
  return wrapHttpLibrary({
    send: async (request) => {
      const connection = await connected();
      const path = request.getUrl().slice(PLACEHOLDER.length);
      const response = await connection
        .fetch(path, {
          method: request.getHttpMethod(),
          headers: request.getHeaders(),
          body: (request.getBody() ?? null) as NonNullable<RequestInit["body"]> | null,
          signal: request.getSignal() ?? null,
        })
        .catch((error: unknown) => {
          throw error instanceof ConnectionError ? requestError(`${connection.server}${path}`, error) : error;
        });
      const bytes = async (): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
      const body = { text: () => response.text(), binary: bytes };
      return new ResponseContext(response.status, Object.fromEntries(response.headers), body);
    },
  });
}

/** Says what the client itself would say, with the error of the connection as the cause. */
function requestError(url: string, cause: ConnectionError): Error {
  const { origin, pathname } = new URL(url);
  return new Error(`request to ${origin}${pathname} failed, reason: ${cause.message}`, { cause });
}
