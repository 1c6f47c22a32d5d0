import type { Socket } from "node:net";
import { callbackify } from "node:util";
import type { Dispatcher } from "undici";
import type { Duplex } from "node:stream";
import type { Proxy } from "./proxy.ts";
import { ConnectionError } from "../errors.ts";
import type { LimitOptions } from "./answer-limits.ts";
import { limitAnswers, MAX_HEADER_BYTES } from "./answer-limits.ts";
import { dial } from "./dial.ts";
import { linkSignals } from "../exec/abort-signals.ts";
import type { KeyPair } from "../exec/read-key-pair.ts";
import { ResendingSocket } from "./resending-socket.ts";
import { startedEarly } from "./started-early.ts";
import type { ContextCache, TlsSettings } from "./tls-settings.ts";
import type { Trace } from "./trace.ts";
import { undici } from "./undici.ts";

/** How long an idle connection is kept, in milliseconds; as in Go's net/http. */
const IDLE_TIMEOUT = 90_000;
/** The default limit of connections to one server. */
export const MAX_CONNECTIONS = 250;

/** The error message of requests after the connection was closed. */
export const CLOSED = "the connection has been closed";

/** Options of a pool. */
export interface PoolOptions {
  /** Returns the current TLS settings, with or without a client certificate. */
  readonly settings: (identity: KeyPair | undefined) => TlsSettings;
  readonly contexts: ContextCache;
  readonly proxy: (secure: boolean, hostname: string, port: number) => Proxy | undefined;
  readonly now: () => number;
  readonly trace?: Trace | undefined;
  /** The maximum number of connections for requests to one origin; 0 for no limit. */
  readonly maxConnections: number;
  /** The only server that requests are for, however WHATWG spells its name; undefined for that of their URL. */
  readonly server?: { readonly hostname: string; readonly port: number };
}

/** The connections to servers, all opened with the current client certificate. */
export interface Pool {
  /**
   * Returns the dispatcher for requests to an origin with this identity. Closes connections of another identity as soon
   * as their responses have ended.
   */
  use(origin: string, identity: KeyPair | undefined): Dispatcher;
  /** Opens a separate connection for a protocol other than plain requests, such as a WebSocket. */
  open(
    secure: boolean,
    hostname: string,
    port: number,
    identity: KeyPair | undefined,
  ): Promise<ResendingSocket>;
  /** Closes the idle connections now, and the others as soon as their responses have ended. */
  renew(): void;
  /**
   * Registers a request that waits for its response. The caller must call the returned function when it stops waiting:
   * with no waiting request, connections that are being opened are cancelled, so that a process can exit.
   */
  wait(): () => void;
  /** Returns the number of connections that are being opened. */
  connecting(): number;
  /** Closes all connections, used ones included. */
  close(): Promise<void>;
  /** Aborted by {@link close}, with the error for what still waits. */
  readonly closed: AbortSignal;
}

/** The connections that were opened with the same settings. */
interface Generation {
  /**
   * By origin. undici's own `Agent` for several origins does not work: after a broken connection it may close all later
   * ones as soon as they have served one request (seen with undici 7.30).
   */
  readonly dispatchers: Map<string, Dispatcher>;
  readonly identity: KeyPair | undefined;
  readonly roots: unknown;
}

export function createPool(options: PoolOptions): Pool {
  const sockets = new Set<Socket>();
  let current: Generation | undefined;
  let connecting = 0;
  let waiting = 0;
  const ending = new AbortController();
  let dialing = new AbortController();
  /** Dispatchers of old settings whose last responses have not ended. */
  const retired = new Set<Dispatcher>();
  const onSocket = (socket: Socket): void => {
    // A user of the socket receives its errors too; between two users the errors would be unhandled.
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    sockets.add(socket);
    if (ending.signal.aborted) {
      socket.destroy();
    }
  };
  const openLimited = async (
    [secure, hostname, port, identity]: Parameters<Pool["open"]>,
    limits: LimitOptions,
    signal: AbortSignal,
  ): Promise<Socket> => {
    connecting += 1;
    try {
      const { contexts, now, trace } = options;
      const socket = await dial(
        { secure, hostname, port, proxy: options.proxy(secure, hostname, port) },
        { settings: options.settings(identity), contexts, now, onSocket, trace, signal },
      );
      limitAnswers(socket, limits);
      return socket;
    } finally {
      connecting -= 1;
    }
  };
  const wait = (): (() => void) => {
    waiting += 1;
    let isOver = false;
    return () => {
      waiting -= isOver ? 0 : 1;
      isOver = true;
      // A caller that was aborted must receive its own reason first.
      setImmediate(() => {
        if (waiting === 0 && connecting > 0) {
          dialing.abort(new ConnectionError("context canceled"));
          dialing = new AbortController();
        }
      });
    };
  };
  const openLasting = async (
    target: Parameters<Pool["open"]>,
    limits: LimitOptions,
  ): Promise<ResendingSocket> => {
    const socket = await openLimited(target, limits, dialing.signal);
    return new ResendingSocket(socket, async (closing) => {
      const linked = linkSignals(closing, dialing.signal);
      return await openLimited(target, limits, linked.signal).finally(() => linked.release());
    });
  };
  const retireConnections = (): void => {
    for (const dispatcher of current?.dispatchers.values() ?? []) {
      retired.add(dispatcher);
      void dispatcher
        .close()
        .catch(() => undefined)
        .finally(() => retired.delete(dispatcher));
    }
    current = undefined;
  };
  const createDispatcher = (origin: string, identity: KeyPair | undefined): Dispatcher =>
    new (undici().Pool)(origin, {
      connect: (to, callback) => {
        if (waiting === 0) {
          // undici opens a connection even for a request that was aborted.
          callback(new ConnectionError("context canceled"), null);
          return;
        }
        const secure = to.protocol === "https:";
        const { hostname, port } = options.server ?? {
          hostname: to.hostname.replace(/^\[(.*)\]$/s, "$1"),
          port: Number(to.port) || (secure ? 443 : 80),
        };
        callbackify(openLasting)(
          [secure, hostname, port, identity],
          { disguiseContinue: true },
          (error: Error | null, socket: ResendingSocket) =>
            // It has every member of a socket that undici uses.
            error === null ? callback(null, socket as Duplex as Socket) : callback(error, null),
        );
      },
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: IDLE_TIMEOUT,
      keepAliveMaxTimeout: IDLE_TIMEOUT,
      maxHeaderSize: MAX_HEADER_BYTES,
      pipelining: 1,
      ...(options.maxConnections > 0 && { connections: options.maxConnections }),
    });
  return {
    use: (origin, identity) => {
      if (ending.signal.aborted) {
        throw new ConnectionError(CLOSED);
      }
      const { roots } = options.settings(identity);
      if (current !== undefined && (current.identity !== identity || current.roots !== roots)) {
        retireConnections();
      }
      current ??= { dispatchers: new Map(), identity, roots };
      const { dispatchers } = current;
      const dispatcher = dispatchers.get(origin) ?? startedEarly(createDispatcher(origin, identity), wait);
      dispatchers.set(origin, dispatcher);
      return dispatcher;
    },
    open: (...target) => openLasting(target, { disguiseContinue: false }),
    wait,
    connecting: () => connecting,
    renew: retireConnections,
    closed: ending.signal,
    close: async () => {
      ending.abort(new ConnectionError(CLOSED));
      dialing.abort(ending.signal.reason);
      const left = [...(current?.dispatchers.values() ?? []), ...retired];
      current = undefined;
      await Promise.all(left.map((dispatcher) => dispatcher.destroy()));
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}
