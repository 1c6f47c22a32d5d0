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

/** Go's net/http keeps a connection so long when it is idle, in milliseconds. */
const IDLE_TIMEOUT = 90_000;
/** How many connections to one server there are at most, unless the user says otherwise. */
export const MAX_CONNECTIONS = 250;

/** What requests are told after the end. */
export const CLOSED = "the connection has been closed";

/** What a pool's connections need. */
export interface PoolOptions {
  /** How TLS is to be spoken from now on, with a certificate or without. */
  readonly settings: (identity: KeyPair | undefined) => TlsSettings;
  readonly contexts: ContextCache;
  readonly proxy: (secure: boolean, hostname: string, port: number) => Proxy | undefined;
  readonly now: () => number;
  readonly trace?: Trace | undefined;
  /** How many connections for requests there may be to one origin; 0 for any number. */
  readonly maxConnections: number;
  /** The one server that requests are for, whatever WHATWG makes of its name; undefined for the one of their URL. */
  readonly server?: { readonly hostname: string; readonly port: number };
}

/** The connections to servers, all opened with the same client certificate. */
export interface Pool {
  /**
   * The dispatcher for requests to an origin with this identity. Connections of another identity are closed as soon as
   * the answers that they carry have ended.
   */
  use(origin: string, identity: KeyPair | undefined): Dispatcher;
  /** A connection of its own, for what is no plain request, such as a WebSocket. */
  open(
    secure: boolean,
    hostname: string,
    port: number,
    identity: KeyPair | undefined,
  ): Promise<ResendingSocket>;
  /** Closes the idle connections, and the others as soon as the answers that they carry have ended. */
  renew(): void;
  /**
   * Says that a request waits for its answer. What is returned is to be called once it does not wait any more: when
   * nobody waits, connections that are being opened are given up, so that a process can end.
   */
  wait(): () => void;
  /** How many connections are being opened. */
  connecting(): number;
  /** Closes all connections, whatever they are used for. */
  close(): Promise<void>;
}

/** The connections that were opened with the same settings. */
interface Generation {
  /**
   * By origin. undici's own `Agent` for several origins is of no use: when a connection breaks off, it may close all
   * that come after it as soon as they have served one request (seen with undici 7.30).
   */
  readonly dispatchers: Map<string, Dispatcher>;
  readonly identity: KeyPair | undefined;
  readonly roots: unknown;
}

export function createPool(options: PoolOptions): Pool {
  const sockets = new Set<Socket>();
  let current: Generation | undefined;
  let closed = false;
  let connecting = 0;
  let waiting = 0;
  let dialing = new AbortController();
  /** Those whose last answers have not ended. */
  const retired = new Set<Dispatcher>();
  const onSocket = (socket: Socket): void => {
    // Whoever uses the socket hears of its errors, too; between two users nobody would.
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    sockets.add(socket);
    if (closed) {
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
      // Whoever gave up first hears what was waited for.
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
  const leave = (): void => {
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
          // undici opens a connection even for a request that was given up.
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
            // It has all of a socket that undici asks for.
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
      if (closed) {
        throw new ConnectionError(CLOSED);
      }
      const { roots } = options.settings(identity);
      if (current !== undefined && (current.identity !== identity || current.roots !== roots)) {
        leave();
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
    renew: leave,
    close: async () => {
      closed = true;
      dialing.abort(new ConnectionError(CLOSED));
      const left = [...(current?.dispatchers.values() ?? []), ...retired];
      current = undefined;
      await Promise.all(left.map((dispatcher) => dispatcher.destroy()));
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}
