import { once } from "node:events";
import type { IncomingMessage, Server } from "node:http";
import { createServer, request as httpRequest } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Identity } from "./certificates.ts";
import { pipeToLoopback } from "./loopback-pipe.ts";

/** A client's request to an HTTP proxy. */
export interface SeenProxyRequest {
  /** A tunnel, or the forwarding of a plain HTTP request. */
  readonly kind: "connect" | "forward";
  /** `host:port` of a tunnel; the URL of a request. */
  readonly target: string;
  /** In the order and spelling in which they were sent. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export interface ConnectProxy {
  readonly port: number;
  /** Such as `http://127.0.0.1:4711`. */
  readonly url: string;
  readonly requests: readonly SeenProxyRequest[];
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

/** Starts an HTTP proxy on loopback. It connects to 127.0.0.1, whatever the requested host is. */
export async function startConnectProxy(
  options: {
    /** Without it the proxy uses plain HTTP. */
    readonly identity?: Identity;
    /** `user:password` that a client must present; others get 407. */
    readonly credentials?: string;
    /** The status of every answer, instead of a tunnel. */
    readonly refuse?: number;
  } = {},
): Promise<ConnectProxy> {
  const requests: SeenProxyRequest[] = [];
  const sockets = new Set<Socket>();
  const { identity } = options;
  const server: Server =
    identity === undefined
      ? createServer()
      : createHttpsServer({ cert: identity.certificate, key: identity.key, ALPNProtocols: ["http/1.1"] });
  const refusal = (request: IncomingMessage): string | undefined => {
    if (options.refuse !== undefined) {
      return `${options.refuse} Refused`;
    }
    const wanted = options.credentials && `Basic ${Buffer.from(options.credentials).toString("base64")}`;
    return wanted === undefined || request.headers["proxy-authorization"] === wanted
      ? undefined
      : "407 Proxy Authentication Required";
  };
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("connect", (request: IncomingMessage, client: Socket, first: Buffer) => {
    requests.push(seen("connect", request));
    client.on("error", () => {});
    const refused = refusal(request);
    if (refused !== undefined) {
      client.end(`HTTP/1.1 ${refused}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      return;
    }
    pipeToLoopback(client, Number(/:(\d+)$/u.exec(request.url ?? "")?.[1] ?? 0), {
      first,
      onOpen: () => client.write("HTTP/1.1 200 Connection established\r\n\r\n"),
      onRefused: () => client.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n"),
    });
  });
  server.on("request", (request, response) => {
    requests.push(seen("forward", request));
    const refused = refusal(request);
    const target = URL.canParse(request.url ?? "") ? new URL(request.url ?? "") : undefined;
    if (refused !== undefined || target === undefined) {
      response.writeHead(refused === undefined ? 400 : Number(refused.slice(0, 3))).end();
      return;
    }
    const { "proxy-authorization": _own, "proxy-connection": _hop, ...headers } = request.headers;
    const upstream = httpRequest(
      {
        host: "127.0.0.1",
        port: target.port || 80,
        method: request.method,
        path: (request.url ?? "").replace(/^https?:\/\/[^/?#]*/u, "") || "/",
        headers,
      },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      },
    );
    upstream.on("error", () => response.writeHead(502).end());
    request.pipe(upstream);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${identity ? "https" : "http"}://127.0.0.1:${port}`,
    requests,
    reset: () => {
      requests.length = 0;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
    },
  };
}

function seen(kind: SeenProxyRequest["kind"], { url, rawHeaders }: IncomingMessage): SeenProxyRequest {
  const headers = rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? ""] as const] : [],
  );
  return { kind, target: url ?? "", headers };
}
