import type { ClientRequest } from "node:http";
import { Agent } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { callbackify } from "node:util";
import { INSPECT } from "../api/redaction.ts";
import type { Sender } from "./sender.ts";

/** What Node's agents hand to `createConnection`, as far as it matters here. */
interface ConnectionOptions {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
}

/**
 * An agent for Node's `http` and `https`, and for what is built on them, such as WebSockets: its connections are opened
 * as the configuration says. It adds no headers.
 */
export class SocketAgent extends Agent {
  readonly #sender: Sender;
  readonly #secure: boolean;

  constructor(sender: Sender, secure: boolean) {
    super({ keepAlive: true });
    this.#sender = sender;
    this.#secure = secure;
    Object.assign(this, { protocol: secure ? "https:" : "http:", defaultPort: secure ? 443 : 80 });
  }

  override createConnection(
    options: ConnectionOptions,
    callback: (error: Error | null, socket?: Duplex) => void,
  ): undefined {
    const hostname = (options.host ?? "localhost").replace(/^\[(.*)\]$/s, "$1");
    const port = Number(options.port) || (this.#secure ? 443 : 80);
    callbackify(() => this.#open(hostname, port))(callback);
    return undefined;
  }

  async #open(hostname: string, port: number): Promise<Socket> {
    const { identities, pool } = this.#sender;
    const { certificate } = await identities.current();
    return pool.open(this.#secure, hostname, port, certificate);
  }

  /** A plain request through an HTTP proxy names its server in its first line. Node calls this for every request. */
  addRequest(request: ClientRequest, ...rest: readonly unknown[]): void {
    const { proxy } = this.#sender;
    if (!this.#secure && proxy !== undefined && proxy.kind !== "socks5") {
      const authorization = proxy.authorization();
      request.path = `http://${String(request.getHeader("host"))}${request.path}`;
      if (authorization !== undefined) {
        request.setHeader("Proxy-Authorization", authorization);
      }
    }
    const { addRequest }: { readonly addRequest?: unknown } = Agent.prototype as object;
    Reflect.apply(addRequest as (...args: readonly unknown[]) => void, this, [request, ...rest]);
  }

  [INSPECT](): string {
    return `SocketAgent(${this.#sender.origin})`;
  }
}
