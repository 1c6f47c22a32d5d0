/**
 * Lets @kubernetes/client-node use a connection of kcfg.
 *
 * @module kcfg/client-node
 */

import type { RequestOptions } from "node:https";
import type { RequestContext } from "@kubernetes/client-node";
import { KubeConfig } from "@kubernetes/client-node";
import type { Dispatcher } from "undici";
import { checkOptions } from "./check-options.ts";
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
 * proxy. API clients, Watch, Exec, Log and the rest accept it like any other.
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

  /** Adds the credentials for the generated API clients, and for all but WebSockets in 2.x. */
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
    // node-fetch accepts WHATWG headers, although its types do not say so.
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
