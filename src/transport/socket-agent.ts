import type { ClientRequest, IncomingMessage } from "node:http";
import { Agent } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { callbackify } from "node:util";
import { INSPECT } from "../api/redaction.ts";
import { expectAnswer } from "./answer-limits.ts";
import type { Identity } from "./identity.ts";
import { notify } from "./listener.ts";
import type { Sender } from "./sender.ts";

/** What Node's agents hand to `createConnection`, as far as it matters here. */
interface ConnectionOptions {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
}

/**
 * An agent for Node's `http` and `https`, and for what is built on them, such as WebSockets and node-fetch: its
 * connections are opened as the configuration says.
 *
 * `Authorization` it cannot add, for that may have to be waited for; but the headers of impersonation, which some
 * clients can only send as one line where there must be several.
 */
export class SocketAgent extends Agent {
  readonly #sender: Sender;
  readonly #secure: boolean;
  #identity: Identity | undefined;

  constructor(sender: Sender, secure: boolean) {
    super({ keepAlive: true });
    this.#sender = sender;
    this.#secure = secure;
    Object.assign(this, { protocol: secure ? "https:" : "http:", defaultPort: secure ? 443 : 80 });
  }

  /** Says who the next requests are from. Idle connections that another certificate was shown on are closed. */
  use(identity: Identity): void {
    if (this.#identity !== undefined && this.#identity.certificate !== identity.certificate) {
      this.#closeIdle();
    }
    this.#identity = identity;
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

  /** Node calls this for every request, before anything is sent. */
  addRequest(request: ClientRequest, ...rest: readonly unknown[]): void {
    this.#addImpersonation(request);
    this.#routeThroughProxy(request);
    request.once("socket", (socket) => expectAnswer(socket, request.method));
    request.once("response", ({ statusCode }: IncomingMessage) => {
      const identity = this.#identity;
      // node-fetch gives every header as a list.
      const used = String(request.getHeader("authorization") ?? "");
      if (statusCode === 401 && used === (identity?.authorization() ?? "")) {
        notify(() => identity?.refused());
      }
    });
    const { addRequest }: { readonly addRequest?: unknown } = Agent.prototype as object;
    Reflect.apply(addRequest as (...args: readonly unknown[]) => void, this, [request, ...rest]);
  }

  [INSPECT](): string {
    return `SocketAgent(${this.#sender.origin})`;
  }

  async #open(hostname: string, port: number): Promise<Socket> {
    const { certificate } = await this.#sender.identify();
    return this.#sender.pool.open(this.#secure, hostname, port, certificate);
  }

  #addImpersonation(request: ClientRequest): void {
    if (request.hasHeader("impersonate-user")) {
      return;
    }
    const headers = new Map<string, string[]>();
    for (const [name, value] of this.#sender.impersonation) {
      headers.set(name, [...(headers.get(name) ?? []), value]);
    }
    for (const [name, values] of headers) {
      request.setHeader(name, values.length === 1 ? String(values[0]) : values);
    }
  }

  /** A plain request through an HTTP proxy names its server in its first line. */
  #routeThroughProxy(request: ClientRequest): void {
    const { proxy } = this.#sender;
    if (this.#secure || proxy === undefined || proxy.kind === "socks5") {
      return;
    }
    const authorization = proxy.authorization();
    request.path = `http://${String(request.getHeader("host"))}${request.path}`;
    if (authorization !== undefined) {
      request.setHeader("Proxy-Authorization", authorization);
    }
  }

  #closeIdle(): void {
    for (const sockets of Object.values(this.freeSockets)) {
      for (const socket of sockets ?? []) {
        socket.destroy();
      }
    }
  }
}
