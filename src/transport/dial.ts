import type { Socket } from "node:net";
import { connect } from "node:net";
import { ConnectionError } from "../errors.ts";
import { dialFault, hostPort, isRefused } from "./go-words.ts";
import { openHttpTunnel } from "./http-tunnel.ts";
import { listener } from "./listener.ts";
import type { Proxy } from "./proxy.ts";
import { openSocksTunnel } from "./socks5.ts";
import { connectTls } from "./tls-connect.ts";
import type { ContextCache, TlsSettings } from "./tls-settings.ts";
import type { Trace } from "./trace.ts";

/** What a connection is wanted to. */
export interface DialTarget {
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
  readonly proxy: Proxy | undefined;
}

/** What {@link dial} needs besides. */
export interface DialTools {
  readonly settings: TlsSettings;
  readonly contexts: ContextCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Told each socket as it is made, so that it can be closed in whatever state it is. */
  readonly onSocket: (socket: Socket) => void;
  readonly trace?: Trace | undefined;
}

/** As client-go, in milliseconds. */
const CONNECT_TIMEOUT = 30_000;
/** As Go's net/http has it for the answer to CONNECT, in milliseconds. */
const TUNNEL_TIMEOUT = 60_000;

/**
 * Opens a connection that is ready for an HTTP request: TCP, what a proxy asks for, TLS. Go's `Transport.dialConn`. A
 * plain request through an HTTP proxy needs no tunnel: the connection is one to the proxy.
 *
 * @throws ConnectionError in Go's words
 */
export async function dial(target: DialTarget, tools: DialTools): Promise<Socket> {
  const { proxy } = target;
  const tcp = await connectTcp(proxy ?? target, tools).catch((error: unknown) => {
    throw ofProxy(error, target);
  });
  try {
    const tunnel = proxy === undefined ? tcp : await openTunnel(tcp, proxy, target, tools);
    return target.secure ? await secureSocket(tunnel, target.hostname, tools) : tunnel;
  } catch (error) {
    tcp.destroy();
    throw error;
  }
}

async function openTunnel(tcp: Socket, proxy: Proxy, target: DialTarget, tools: DialTools): Promise<Socket> {
  if (proxy.kind === "socks5") {
    await inTime(tcp, openSocksTunnel(tcp, proxy, target.hostname, target.port)).catch((error: unknown) => {
      throw ofProxy(error, target);
    });
    return tcp;
  }
  const socket =
    proxy.kind === "http"
      ? tcp
      : await secureSocket(tcp, proxy.hostname, tools).catch((error: unknown) => {
          throw ofProxy(error, target);
        });
  if (target.secure) {
    await inTime(tcp, openHttpTunnel(socket, proxy, target.hostname, target.port));
  }
  return socket;
}

function secureSocket(socket: Socket, hostname: string, tools: DialTools): Promise<Socket> {
  const { settings, contexts, now, onSocket, trace } = tools;
  const start = performance.now();
  return connectTls(socket, hostname, settings, contexts(settings), now).then((secure) => {
    trace?.({ kind: "handshake", milliseconds: performance.now() - start });
    onSocket(secure);
    return secure;
  });
}

function connectTcp(
  { hostname, port }: { readonly hostname: string; readonly port: number },
  { onSocket, trace }: DialTools,
): Promise<Socket> {
  const start = performance.now();
  let dialed = start;
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: hostname,
      port,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
    });
    onSocket(socket);
    const settle = (): void => {
      clearTimeout(timer);
      socket.off("error", fail).off("connect", onConnect).off("close", onClose);
    };
    const giveUp = (error: unknown): void => {
      settle();
      socket.on("error", () => undefined).destroy();
      reject(error);
    };
    if (trace !== undefined) {
      const onLookup = (error: Error | null, address: string): void => {
        dialed = performance.now();
        const addresses = error === null ? [address] : [];
        trace({ kind: "lookup", host: hostname, addresses, milliseconds: dialed - start });
      };
      socket.once("lookup", listener(giveUp, onLookup));
    }
    const timer = setTimeout(() => {
      fail(Object.assign(new Error("timeout"), { code: "ERR_SOCKET_CONNECTION_TIMEOUT" }));
    }, CONNECT_TIMEOUT);
    const fail = listener(giveUp, (error: unknown) => {
      const fault = dialFault(error, hostname, port);
      giveUp(new ConnectionError(fault, { isRefused: isRefused(error) }));
      const address = hostPort(hostname, port);
      trace?.({ kind: "dial", address, milliseconds: performance.now() - dialed, fault });
    });
    const onClose = (): void => fail(Object.assign(new Error("closed"), { code: "ECONNABORTED" }));
    const onConnect = listener(giveUp, () => {
      settle();
      const address = hostPort(socket.remoteAddress ?? hostname, port);
      trace?.({ kind: "dial", address, milliseconds: performance.now() - dialed });
      resolve(socket);
    });
    socket.on("error", fail).on("connect", onConnect).on("close", onClose);
  });
}

/** How Go tells that not the server but the proxy before it could not be reached. */
function ofProxy(error: unknown, { proxy, hostname, port }: DialTarget): unknown {
  if (proxy === undefined || !(error instanceof ConnectionError)) {
    return error;
  }
  return new ConnectionError(
    proxy.kind === "socks5"
      ? `socks connect tcp ${hostPort(proxy.hostname, proxy.port)}->${hostPort(hostname, port)}: ${error.message}`
      : `proxyconnect tcp: ${error.message}`,
    { isRefused: error.isRefused },
  );
}

async function inTime(socket: Socket, work: Promise<void>): Promise<void> {
  const timer = setTimeout(() => socket.destroy(), TUNNEL_TIMEOUT);
  try {
    await work;
  } finally {
    clearTimeout(timer);
  }
}
