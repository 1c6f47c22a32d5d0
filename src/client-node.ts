/**
 * Lets @kubernetes/client-node use a connection of kcfg.
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
import { checkOptions } from "./check-options.ts";
import { ConnectionError } from "./index.ts";
import type { Connection } from "./transport/connection.ts";

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

class ConnectedKubeConfig extends KubeConfig {
  readonly #connection: Connection;

  constructor(connection: Connection, { namespace, name = "kcfg" }: KubeConfigOptions) {
    super();
    this.#connection = connection;
    this.loadFromOptions({
      clusters: [{ name, server: connection.server, skipTLSVerify: false }],
      users: [{ name }],
      contexts: [{ name, cluster: name, user: name, ...(namespace !== undefined && { namespace }) }],
      currentContext: name,
    });
  }

  /** Makes an API client that sends by the connection's own `fetch`. */
  override makeApiClient<ApiClient extends ApiType>(
    type: new (config: ApiConfiguration) => ApiClient,
  ): ApiClient {
    const baseServer = new ServerConfiguration(this.#connection.server, {});
    return new type(createConfiguration({ baseServer, httpApi: httpLibrary(this.#connection) }));
  }

  /** Adds the credentials for API clients that were made otherwise, and for all but WebSockets in 2.x. */
  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    if (takesDispatcher(context)) {
      context.setDispatcher(this.#connection.dispatcher());
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
    const { agent, headers, servername, rejectUnauthorized } = await this.#connection.httpsOptions();
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
    const { agent, headers } = await this.#connection.httpsOptions();
    const authorization = headers["Authorization"];
    return { agent, authorization: typeof authorization === "string" ? authorization : undefined };
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

/** Sends the requests of API clients by a connection's `fetch`. */
function httpLibrary(connection: Connection): HttpLibrary {
  return wrapHttpLibrary({
    send: async (request) => {
      const url = request.getUrl();
      const response = await connection
        .fetch(url, {
          method: request.getHttpMethod(),
          headers: request.getHeaders(),
          body: (request.getBody() ?? null) as NonNullable<RequestInit["body"]> | null,
          signal: request.getSignal() ?? null,
        })
        .catch((error: unknown) => {
          throw error instanceof ConnectionError ? requestError(url, error) : error;
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
