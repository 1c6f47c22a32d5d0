import type { Socket } from "node:net";
import { callbackify } from "node:util";
import type { Dispatcher } from "undici";
import type { Proxy } from "./proxy.ts";
import { ConnectionError } from "../errors.ts";
import type { LimitOptions } from "./answer-limits.ts";
import { limitAnswers, MAX_HEADER_BYTES } from "./answer-limits.ts";
import { dial } from "./dial.ts";
import type { KeyPair } from "../exec/read-key-pair.ts";
import type { ContextCache, TlsSettings } from "./tls-settings.ts";
import type { Trace } from "./trace.ts";
import { undici } from "./undici.ts";

/** Go's net/http keeps a connection so long when it is idle, in milliseconds. */
const IDLE_TIMEOUT = 90_000;
/** How long answers may go on, in milliseconds, over connections that were opened with credentials of before. */
const LEAVE_TIMEOUT = 5000;

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
  /** The one server that requests are for, whatever WHATWG makes of its name; undefined for the one of their URL. */
  readonly server?: { readonly hostname: string; readonly port: number };
}

/** The connections to servers, all opened with the same client certificate. */
export interface Pool {
  /**
   * The dispatcher for requests to an origin with this identity. Connections of another identity are left, and soon
   * closed.
   */
  use(origin: string, identity: KeyPair | undefined): Dispatcher;
  /** A connection of its own, for what is no plain request, such as a WebSocket. */
  open(secure: boolean, hostname: string, port: number, identity: KeyPair | undefined): Promise<Socket>;
  /** Closes the idle connections, and soon the others. */
  renew(): void;
  /** How many connections for requests there have been. */
  opened(): number;
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
  let opened = 0;
  let connecting = 0;
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
  ): Promise<Socket> => {
    connecting += 1;
    try {
      const { contexts, now, trace } = options;
      const socket = await dial(
        { secure, hostname, port, proxy: options.proxy(secure, hostname, port) },
        { settings: options.settings(identity), contexts, now, onSocket, trace },
      );
      limitAnswers(socket, limits);
      return socket;
    } finally {
      connecting -= 1;
    }
  };
  const leave = (): void => {
    const left = [...(current?.dispatchers.values() ?? [])];
    current = undefined;
    for (const dispatcher of left) {
      const timer = setTimeout(() => void dispatcher.destroy().catch(() => undefined), LEAVE_TIMEOUT);
      timer.unref();
      void dispatcher.close().then(
        () => clearTimeout(timer),
        () => undefined,
      );
    }
  };
  const createDispatcher = (origin: string, identity: KeyPair | undefined): Dispatcher =>
    new (undici().Pool)(origin, {
      connect: (to, callback) => {
        const secure = to.protocol === "https:";
        const { hostname, port } = options.server ?? {
          hostname: to.hostname.replace(/^\[(.*)\]$/s, "$1"),
          port: Number(to.port) || (secure ? 443 : 80),
        };
        opened += 1;
        callbackify(openLimited)(
          [secure, hostname, port, identity],
          { disguiseContinue: true },
          (error: Error | null, socket: Socket) =>
            error === null ? callback(null, socket) : callback(error, null),
        );
      },
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: IDLE_TIMEOUT,
      keepAliveMaxTimeout: IDLE_TIMEOUT,
      maxHeaderSize: MAX_HEADER_BYTES,
      pipelining: 1,
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
      const dispatcher = dispatchers.get(origin) ?? createDispatcher(origin, identity);
      dispatchers.set(origin, dispatcher);
      return dispatcher;
    },
    open: (...target) => openLimited(target, { disguiseContinue: false }),
    opened: () => opened,
    connecting: () => connecting,
    renew: leave,
    close: async () => {
      closed = true;
      const left = [...(current?.dispatchers.values() ?? [])];
      current = undefined;
      await Promise.all(left.map((dispatcher) => dispatcher.destroy()));
      for (const socket of sockets) {
        socket.destroy();
      }
    },
  };
}
