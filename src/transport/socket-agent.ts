import type { ClientRequest, IncomingMessage } from "node:http";
import { Agent } from "node:http";
import type { Duplex } from "node:stream";
import { callbackify } from "node:util";
import { INSPECT } from "../api/redaction.ts";
import { codeOf } from "../go/errno.ts";
import { asCause } from "./as-cause.ts";
import type { Deadline } from "./deadline.ts";
import { startDeadline } from "./deadline.ts";
import type { ExchangeReport } from "./exchange-report.ts";
import { reportExchange } from "./exchange-report.ts";
import type { FetchContext } from "./fetch.ts";
import { urlOfOrigin } from "./fetch.ts";
import type { GivenHeaders } from "./headers.ts";
import { canonicalName, headerLines, isChosenAgent } from "./headers.ts";
import type { Identity } from "./identity.ts";
import { notify } from "./listener.ts";
import { bodyFault, requestFault } from "./request-faults.ts";
import { ResendingSocket } from "./resending-socket.ts";
import type { Sender } from "./sender.ts";
import { reportWarnings } from "./warning-headers.ts";

/** The key of a request's state, which the agent needs when it opens a connection for it. */
const EXCHANGE = Symbol("exchange");

/** The used part of the options that Node's agents pass to `createConnection`. */
interface ConnectionOptions {
  readonly host?: string | null | undefined;
  readonly port?: number | string | null | undefined;
  readonly [EXCHANGE]?: AgentExchange;
}

/**
 * An agent for Node's `http` and `https`, and for libraries that are built on them, such as WebSockets and node-fetch: it
 * opens connections as configured. Requests end at the configured timeout, and are reported as those of `fetch` are.
 *
 * It cannot add `Authorization`, which may be available only asynchronously; but it adds the impersonation headers, which
 * some clients can only send as one line where there must be several.
 */
export class SocketAgent extends Agent {
  readonly #context: FetchContext;
  readonly #sender: Sender;
  readonly #secure: boolean;
  #identity: Identity | undefined;
  /** How many requests are expected with the identity that was last set. */
  #expected = 0;

  constructor(context: FetchContext) {
    const { sender, endpoint } = context;
    super({ keepAlive: true, maxSockets: sender.maxConnections || Infinity });
    const { secure } = endpoint;
    this.#context = context;
    this.#sender = sender;
    this.#secure = secure;
    Object.assign(this, { protocol: secure ? "https:" : "http:", defaultPort: secure ? 443 : 80 });
  }

  /** Sets the identity of the next request. Closes idle connections that were opened with another certificate. */
  use(identity: Identity): void {
    if (this.#identity !== undefined && this.#identity.certificate !== identity.certificate) {
      this.renew();
      this.#expected = 0;
    }
    this.#identity = identity;
    this.#expected += 1;
  }

  /** Closes the idle connections. */
  renew(): void {
    for (const sockets of Object.values(this.freeSockets)) {
      for (const socket of sockets ?? []) {
        socket.destroy();
      }
    }
  }

  override createConnection(
    options: ConnectionOptions,
    callback: (error: Error | null, socket?: Duplex) => void,
  ): undefined {
    const hostname = (options.host ?? "localhost").replace(/^\[(.*)\]$/s, "$1");
    const port = Number(options.port) || (this.#secure ? 443 : 80);
    const exchange = options[EXCHANGE];
    const open = async (): Promise<Duplex> => {
      // The caller has already got the credentials of this request: do not run a plugin twice for it.
      const { certificate } = exchange?.identity ?? (await this.#sender.identify());
      return this.#sender.pool.open(this.#secure, hostname, port, certificate);
    };
    callbackify(() => (exchange === undefined ? open() : exchange.connect(open)))(callback);
    return undefined;
  }

  /** Prepares a request. Node calls this for every request, before anything is sent. */
  addRequest(request: ClientRequest, options: object, ...rest: readonly unknown[]): void {
    this.#addHeaders(request);
    const exchange = new AgentExchange(request, this.#context, this.#expectedIdentity());
    this.#routeThroughProxy(request);
    this.#expectSocket(request);
    request.once("response", ({ statusCode }: IncomingMessage) => {
      const identity = exchange.identity ?? this.#identity;
      // node-fetch passes every header as a list.
      const used = String(request.getHeader("authorization") ?? "");
      if (statusCode === 401 && used === (identity?.authorization() ?? "")) {
        notify(() => identity?.refused());
      }
    });
    const { addRequest }: { readonly addRequest?: unknown } = Agent.prototype as object;
    const own = typeof options === "object" ? { ...options, [EXCHANGE]: exchange } : options;
    Reflect.apply(addRequest as (...args: readonly unknown[]) => void, this, [request, own, ...rest]);
  }

  [INSPECT](): string {
    return `SocketAgent(${this.#sender.origin})`;
  }

  /** Returns the identity of the next request, if its credentials have just been requested. */
  #expectedIdentity(): Identity | undefined {
    if (this.#expected === 0) {
      return undefined;
    }
    this.#expected -= 1;
    return this.#identity;
  }

  #addHeaders(request: ClientRequest): void {
    const agent = request.getHeader("user-agent");
    if (agent === undefined || !isChosenAgent(String(agent))) {
      request.setHeader("User-Agent", this.#sender.userAgent);
    }
    if (!this.#context.compresses) {
      request.removeHeader("Accept-Encoding");
    }
    this.#addImpersonation(request);
  }

  /** Registers the request as waiting, until it has its response or is aborted. */
  #expectSocket(request: ClientRequest): void {
    const stopWaiting = this.#sender.pool.wait();
    const destroy = request.destroy.bind(request);
    const onSocket = request.onSocket.bind(request) as (socket: Duplex | null, error?: Error | null) => void;
    let isGivenUp = false;
    // By default, Node reports that a request was destroyed only once it has a connection.
    Object.assign(request, {
      destroy: (error?: Error): ClientRequest => {
        stopWaiting();
        destroy(error);
        if (request.socket === null && !isGivenUp) {
          isGivenUp = true;
          onSocket(null);
        }
        return request;
      },
      onSocket: (socket: Duplex | null, error?: Error | null): void => {
        if (!isGivenUp) {
          onSocket(socket, error);
        } else {
          socket?.emit("free");
        }
      },
    });
    request.once("response", stopWaiting).once("close", stopWaiting);
    request.once("socket", (socket: Duplex) => {
      // Without a listener of the caller, adding one would keep Node from closing an unclaimed connection.
      if (request.listenerCount("upgrade") > 0) {
        request.prependOnceListener("upgrade", stopWaiting);
      }
      if (socket instanceof ResendingSocket) {
        socket.claim();
      }
    });
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

  /** Changes the request line for an HTTP proxy, where a plain request names its server. */
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
}

/** One request of Node's `http`: it ends once, by its response, by a failure in Go's words, or by its deadline. */
class AgentExchange {
  /** The identity of the request; undefined if its credentials were not requested just before. */
  readonly identity: Identity | undefined;
  readonly #request: ClientRequest;
  readonly #context: FetchContext;
  readonly #deadline: Deadline;
  readonly #report: ExchangeReport | undefined;
  #response: IncomingMessage | undefined;
  #isGivenUp = false;
  #hasFailed = false;

  constructor(request: ClientRequest, context: FetchContext, identity: Identity | undefined) {
    this.identity = identity;
    this.#request = request;
    this.#context = context;
    this.#deadline = startDeadline(context.config.timeout, undefined, context.endpoint.host);
    this.#report = reportOf(request, context);
    this.#deadline.signal.addEventListener("abort", () => this.#expire(), { once: true });
    this.#translateErrors();
    request
      .once("socket", () => {
        this.#deadline.waiting = "headers";
      })
      .once("response", (response: IncomingMessage) => this.#onResponse(response))
      .once("close", () => this.#deadline.clear());
    if (request.hasHeader("upgrade")) {
      request.once("upgrade", (response: IncomingMessage, socket: Duplex) => {
        this.#reportAnswer(response);
        // As in client-go, the timeout does not apply once a connection is upgraded to a stream.
        this.#deadline.clear();
        if (request.listenerCount("upgrade") === 0) {
          socket.destroy();
        }
      });
    }
  }

  /** Opens the connection for the request, within its deadline. */
  async connect(open: () => Promise<Duplex>): Promise<Duplex> {
    const opening = open();
    try {
      return await this.#deadline.abort(opening);
    } catch (error) {
      void opening.then(
        (socket) => socket.destroy(),
        () => undefined,
      );
      throw this.#fault(error);
    }
  }

  /** Translates Node's errors, which have other messages than Go's and hold bytes of the server. */
  #translateErrors(): void {
    const request = this.#request;
    const emit = request.emit.bind(request) as (event: string | symbol, ...args: unknown[]) => boolean;
    const translated = (event: string | symbol, ...args: unknown[]): boolean => {
      if (event !== "error") {
        return emit(event, ...args);
      }
      this.#hasFailed = true;
      this.#deadline.clear();
      this.#report?.failed();
      const fault = this.#fault(args[0]);
      return asCause(fault, () => emit(event, fault));
    };
    const destroy = request.destroy.bind(request);
    const giveUp = (error?: Error): ClientRequest => {
      this.#isGivenUp = true;
      return destroy(error);
    };
    Object.assign(request, { emit: translated, destroy: giveUp });
  }

  #reportAnswer({ statusCode = 0, statusMessage = "", rawHeaders }: IncomingMessage): void {
    const lines = headerLines(rawHeaders);
    this.#report?.answered(statusCode, `${statusCode} ${statusMessage}`, lines);
    reportWarnings(this.#context.onWarning, statusCode, lines);
  }

  #onResponse(response: IncomingMessage): void {
    this.#response = response;
    this.#deadline.waiting = "body";
    this.#reportAnswer(response);
    const emit = response.emit.bind(response) as (event: string | symbol, ...args: unknown[]) => boolean;
    Object.assign(response, {
      emit: (event: string | symbol, ...args: unknown[]) =>
        event === "error" ? emit(event, this.#fault(args[0])) : emit(event, ...args),
    });
    response.once("close", () => this.#reportBreak(response));
  }

  /** Reports a broken body to the request too: node-fetch listens only there, and would wait for the rest forever. */
  #reportBreak(response: IncomingMessage): void {
    if (
      !response.complete &&
      !this.#isGivenUp &&
      !this.#hasFailed &&
      this.#request.listenerCount("error") > 0
    ) {
      this.#request.emit("error", bodyFault(response.errored ?? new Error("aborted")));
    }
  }

  #fault(error: unknown): unknown {
    const reason = this.#deadline.reason(error);
    if (reason !== error || this.#isGivenUp || codeOf(error) === "") {
      return reason;
    }
    return this.#response === undefined ? requestFault(error, this.#context.endpoint.host) : bodyFault(error);
  }

  #expire(): void {
    const fault = this.#fault(undefined) as Error;
    if (this.#response === undefined) {
      this.#request.destroy(fault);
    } else {
      this.#response.destroy(fault);
    }
  }
}

function reportOf(request: ClientRequest, context: FetchContext): ExchangeReport | undefined {
  if (context.trace === undefined) {
    return undefined;
  }
  const { method, path } = request;
  const headers = headerLines(request.getHeaders() as GivenHeaders).map(
    ([name, value]) => [canonicalName(name), value] as const,
  );
  return reportExchange(context.trace, {
    method,
    url: `${urlOfOrigin(context, context.sender.origin)}${path}`,
    headers,
  });
}
