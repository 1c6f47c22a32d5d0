import type { Socket } from "node:net";
import { ConnectionError } from "../errors.ts";
import { onAbort } from "../exec/abort-signals.ts";
import { connectTcp } from "./connect-tcp.ts";
import type { TcpTools } from "./connect-tcp.ts";
import { hostPort } from "./go-words.ts";
import { openHttpTunnel } from "./http-tunnel.ts";
import type { Proxy } from "./proxy.ts";
import { openSocksTunnel } from "./socks5.ts";
import { connectTls } from "./tls-connect.ts";
import type { ContextCache, TlsSettings } from "./tls-settings.ts";

/** The target of a connection. */
export interface DialTarget {
  readonly secure: boolean;
  readonly hostname: string;
  readonly port: number;
  readonly proxy: Proxy | undefined;
}

/** Options of {@link dial}. */
export interface DialTools extends TcpTools {
  readonly settings: TlsSettings;
  readonly contexts: ContextCache;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Go's timeout for the response to CONNECT, in milliseconds. */
const TUNNEL_TIMEOUT = 60_000;

/**
 * Opens a connection that is ready for an HTTP request: TCP, the proxy's handshake, TLS. Go's `Transport.dialConn`. A
 * plain HTTP request through an HTTP proxy needs no tunnel: the connection is to the proxy itself.
 *
 * @throws ConnectionError in Go's words
 * @throws the signal's reason when it is aborted
 */
export async function dial(target: DialTarget, tools: DialTools): Promise<Socket> {
  const { proxy } = target;
  const { signal } = tools;
  const { hostname, port } = proxy ?? target;
  const tcp = await connectTcp(hostname, port, tools).catch((error: unknown) => {
    throw asProxyError(error, target);
  });
  const unlink = signal && onAbort(signal, () => void tcp.destroy());
  try {
    const tunnel = proxy === undefined ? tcp : await openTunnel(tcp, proxy, target, tools);
    return target.secure ? await secureSocket(tunnel, target.hostname, tools) : tunnel;
  } catch (error) {
    tcp.destroy();
    throw error;
  } finally {
    unlink?.();
  }
}

async function openTunnel(tcp: Socket, proxy: Proxy, target: DialTarget, tools: DialTools): Promise<Socket> {
  if (proxy.kind === "socks5") {
    await inTime(tcp, openSocksTunnel(tcp, proxy, target.hostname, target.port)).catch((error: unknown) => {
      throw asProxyError(error, target);
    });
    return tcp;
  }
  const socket =
    proxy.kind === "http"
      ? tcp
      : await secureSocket(tcp, proxy.hostname, tools).catch((error: unknown) => {
          throw asProxyError(error, target);
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

/** Returns an error in Go's words for a proxy, rather than the server, that could not be reached. */
function asProxyError(error: unknown, { proxy, hostname, port }: DialTarget): unknown {
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
