import { createServer as createHttpServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import type { SeenRequest } from "./world.ts";

/** Servers that answer every request and remember the last one. */
export interface Servers {
  readonly addresses: { readonly https: string; readonly http: string; readonly proxy: string };
  /** The last request, which is forgotten. */
  readonly take: () => SeenRequest | null;
  readonly close: () => void;
}

/** Starts servers on the loopback. */
export async function startServers(tls: {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}): Promise<Servers> {
  let seen: SeenRequest | null = null;
  const answer =
    (server: "https" | "http") =>
    (request: IncomingMessage, response: ServerResponse): void => {
      seen ??= look(server, request);
      request.resume();
      response.writeHead(request.method === "POST" ? 201 : 200, { "Content-Type": "application/json" });
      response.end(
        JSON.stringify({
          kind: "TokenRequest",
          apiVersion: "authentication.k8s.io/v1",
          status: { token: "answer", expirationTimestamp: "2030-01-01T00:00:00Z" },
        }),
      );
    };
  const https = createHttpsServer(
    { ...tls, requestCert: true, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] },
    answer("https"),
  );
  const http = createHttpServer(answer("http"));
  const proxy = createHttpServer((request, response) => {
    seen ??= throughProxy((request.url ?? "").replace(/\?.*$/u, ""));
    response.writeHead(502).end();
  });
  proxy.on("connect", (request, socket) => {
    seen ??= throughProxy(request.url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  const [httpsAt, httpAt, proxyAt] = await Promise.all([https, http, proxy].map(listen));
  return {
    addresses: { https: httpsAt ?? "", http: httpAt ?? "", proxy: proxyAt ?? "" },
    take: () => {
      const last = seen;
      seen = null;
      return last;
    },
    close: () => {
      for (const server of [https, http, proxy]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function throughProxy(path: string): SeenRequest {
  return {
    server: "proxy",
    path,
    authorization: "",
    impersonation: [],
    compression: false,
    timeout: "",
    serverName: "",
    certificate: false,
  };
}

function look(server: "https" | "http", request: IncomingMessage): SeenRequest {
  const { headers, socket } = request;
  const url = new URL(request.url ?? "", "http://x");
  const tls = socket instanceof TLSSocket ? socket : undefined;
  return {
    server,
    path: decodeURIComponent(url.pathname),
    authorization: headers.authorization ?? "",
    impersonation: Object.entries(headers)
      .filter(([name]) => name.startsWith("impersonate-"))
      .flatMap(([name, value]) => `${name}: ${String(value)}`)
      .toSorted(),
    compression: (headers["accept-encoding"] ?? "").includes("gzip"),
    timeout: url.searchParams.get("timeout") ?? "",
    serverName: typeof tls?.servername === "string" ? tls.servername : "",
    certificate: Object.keys(tls?.getPeerCertificate() ?? {}).length > 0,
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
