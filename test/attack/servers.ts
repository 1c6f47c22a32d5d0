import type { Socket } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import type { Identity } from "../support/certificates.ts";

/** A server on loopback. */
export interface LoopbackServer {
  readonly port: number;
  readonly url: string;
  /** The received bytes, as latin1. */
  readonly seen: () => string;
  readonly close: () => Promise<void>;
}

/** Handles a connection once the first bytes have come. */
export type Answer = (socket: Socket, request: string) => void;

const ok: Answer = (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

/** Starts a TLS server that responds in raw bytes. */
export async function serveTls(identity: Identity, answer: Answer = ok): Promise<LoopbackServer> {
  const { listener, seen, sockets } = connections(answer);
  const server = createTlsServer({ cert: identity.certificate, key: identity.key }, listener);
  server.on("tlsClientError", () => {});
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  return listening(server, "https", seen, sockets);
}

/** Starts a server without TLS that responds in raw bytes. */
export async function serveTcp(answer: Answer): Promise<LoopbackServer> {
  const { listener, seen, sockets } = connections(answer);
  return listening(createTcpServer(listener), "http", seen, sockets);
}

function connections(answer: Answer): {
  readonly listener: (socket: Socket) => void;
  readonly seen: () => string;
  readonly sockets: Set<Socket>;
} {
  const sockets = new Set<Socket>();
  let text = "";
  return {
    sockets,
    seen: () => text,
    listener: (socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.once("close", () => sockets.delete(socket));
      let request = "";
      socket.on("data", (chunk: Buffer) => {
        text = (text + chunk.toString("latin1")).slice(-100_000);
        request += chunk.toString("latin1");
        if (request.includes("\r\n\r\n")) {
          const whole = request;
          request = "";
          answer(socket, whole);
        }
      });
    },
  };
}

async function listening(
  server: ReturnType<typeof createTcpServer>,
  scheme: string,
  seen: () => string,
  sockets: ReadonlySet<Socket>,
): Promise<LoopbackServer> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    seen,
    url: `${scheme}://127.0.0.1:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
    },
  };
}

/** Sends something repeatedly, as fast as the other side accepts it, until it leaves. */
export function sendForEver(socket: Socket, chunk: string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.writable && socket.write(chunk)) {
      // The socket signals when its buffer is full.
    }
  };
  socket.on("drain", more);
  more();
}

/** Encodes a PEM as a kubeconfig embeds it. */
export function embedded(pem: string): string {
  return Buffer.from(pem).toString("base64");
}
