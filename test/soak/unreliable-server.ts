import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { gzipSync } from "node:zlib";
import type { WebSocket } from "ws";
import { WebSocketServer } from "ws";
import { createAuthority } from "../support/certificates.ts";
import type { Fault } from "./faults.ts";

/** An API server with nearly all the faults that a real one has within weeks. */
export interface UnreliableServer {
  readonly url: string;
  readonly counts: ServerCounts;
  close(): Promise<void>;
}

/** The statistics of the server. */
export interface ServerCounts {
  requests: number;
  webSockets: number;
  /** The number of accepted connections. */
  connections: number;
  /** How often each fault was injected. */
  readonly faults: Map<string, number>;
}

/** The files that the server shares with its clients. */
export interface SharedFiles {
  /** PEM authorities that clients trust: the current one, and the next. */
  readonly authorities: string;
  /** The ExecCredential that the plugin prints. */
  readonly credential: string;
}

/** Times in milliseconds. */
const TOKEN_LIFE = 3000;
const CERTIFICATE_LIFE = 5000;
const IDLE_LIFE = 250;
const EVENT_PAUSE = 40;
/** How often all connections are cut, pending responses included, as by a restart of the server. */
const RESTART_PAUSE = 11_000;

/**
 * Starts the server on loopback. It rotates its token, certificate and authority from the start.
 *
 * @param authorityLife - in milliseconds. Clients read their authorities again every five minutes: the next one must be
 *   published that long before it is used
 */
export async function startUnreliableServer(
  files: SharedFiles,
  chooseFault: () => Fault | undefined,
  authorityLife: number,
): Promise<UnreliableServer> {
  const counts: ServerCounts = { requests: 0, webSockets: 0, connections: 0, faults: new Map() };
  const inject = (fault: string): void => {
    counts.faults.set(fault, (counts.faults.get(fault) ?? 0) + 1);
  };
  let authority = await createAuthority();
  let next = await createAuthority();
  const publishAuthorities = (): void => {
    replaceFile(files.authorities, `${authority.certificate}\n${next.certificate}`);
  };
  publishAuthorities();
  const leaf = async (): Promise<{ cert: string; key: string }> => {
    const { certificate, key } = await authority.issue({ commonName: "api", hosts: ["127.0.0.1"] });
    return { cert: certificate, key };
  };
  let generation = 0;
  let token = "";
  const rotateToken = (): void => {
    generation += 1;
    const fresh = `token-${generation}-${randomBytes(8).toString("hex")}`;
    replaceFile(
      files.credential,
      JSON.stringify({
        apiVersion: "client.authentication.k8s.io/v1",
        kind: "ExecCredential",
        status: { token: fresh },
      }),
    );
    // The plugin already prints the new token: a client whose old token is refused gets the new one.
    token = fresh;
  };
  rotateToken();
  /** The TCP sockets by the port of the client. */
  const sockets = new Map<number, Socket>();
  const webSockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) =>
      Array.from(offered).find((name) => name.endsWith("channel.k8s.io")) ?? false,
  });
  const server = createServer(await leaf(), (request, response) => {
    counts.requests += 1;
    // The client may have disconnected.
    response.on("error", () => undefined);
    // Otherwise Node announces its keep-alive timeout, which API servers do not.
    response.setHeader("Connection", "keep-alive");
    if (request.headers.authorization !== `Bearer ${token}`) {
      inject("401");
      answerStatus(response, 401, "Unauthorized");
      return;
    }
    const fault = chooseFault();
    if (fault === undefined) {
      answer(request, response);
    } else {
      inject(fault);
      misbehave(fault, response, sockets.get(request.socket.remotePort ?? 0) ?? request.socket);
    }
  });
  server.keepAliveTimeout = IDLE_LIFE;
  server.on("connection", (socket: Socket) => {
    counts.connections += 1;
    const { remotePort = 0 } = socket;
    sockets.set(remotePort, socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(remotePort));
  });
  server.on("tlsClientError", () => undefined);
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    counts.webSockets += 1;
    socket.on("error", () => undefined);
    if (request.headers.authorization !== `Bearer ${token}`) {
      inject("401");
      socket.end("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
    const fault = chooseFault();
    if (fault === undefined) {
      webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        serve(webSocket, new URL(request.url ?? "/", "https://server"));
      });
    } else {
      inject("WebSocket refused");
      socket.destroy();
    }
  });
  const rotateAuthority = async (): Promise<void> => {
    authority = next;
    next = await createAuthority();
    publishAuthorities();
    server.setSecureContext(await leaf());
  };
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const timers = [
    setInterval(rotateToken, TOKEN_LIFE),
    setInterval(() => {
      inject("certificate rotated");
      void leaf().then((identity) => server.setSecureContext(identity));
    }, CERTIFICATE_LIFE),
    setInterval(() => {
      inject("authority rotated");
      void rotateAuthority();
    }, authorityLife),
    setInterval(() => {
      inject("all connections cut");
      for (const socket of sockets.values()) {
        socket.destroy();
      }
    }, RESTART_PAUSE),
  ];
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    counts,
    close: async () => {
      timers.forEach(clearInterval);
      webSockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** Replaces a file atomically. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

const PODS = JSON.stringify({
  kind: "PodList",
  apiVersion: "v1",
  metadata: {},
  items: Array.from({ length: 40 }, (_, index) => ({
    metadata: { name: `pod-${index}`, namespace: "ns", labels: { app: "shop" } },
  })),
});

function answer(request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? "/", "https://server");
  if (pathname.endsWith("/log") || searchParams.has("watch")) {
    stream(response, pathname.endsWith("/log") ? "a line of a log\n" : watchEvent());
    return;
  }
  const isPacked = /\bgzip\b/.test(String(request.headers["accept-encoding"]));
  const body = isPacked ? gzipSync(PODS) : Buffer.from(PODS);
  response.writeHead(200, {
    "Content-Type": "application/json",
    "Content-Length": body.length,
    ...(isPacked && { "Content-Encoding": "gzip" }),
  });
  // Read the request body to its end, so that the connection can be used again.
  request.resume().on("end", () => response.end(body));
}

function watchEvent(): string {
  return `${JSON.stringify({ type: "ADDED", object: { kind: "Pod", apiVersion: "v1", metadata: { name: "pod" } } })}\n`;
}

/** Writes a line at intervals, for up to two seconds. */
function stream(response: ServerResponse, line: string): void {
  response.writeHead(200, { "Content-Type": "application/json" });
  let left = Math.floor(Math.random() * 50);
  const timer = setInterval(() => {
    left -= 1;
    if (left < 0) {
      clearInterval(timer);
      response.end();
    } else {
      response.write(line);
    }
  }, EVENT_PAUSE);
  response.on("close", () => clearInterval(timer));
}

function misbehave(fault: Fault, response: ServerResponse, socket: Socket): void {
  const head = { "Content-Type": "application/json" };
  const gzip = { ...head, "Content-Encoding": "gzip" };
  switch (fault) {
    case "reset before the answer":
      socket.resetAndDestroy();
      break;
    case "reset within the body":
      response.writeHead(200, { ...head, "Content-Length": PODS.length });
      response.write(PODS.slice(0, 1000), () => socket.resetAndDestroy());
      break;
    case "half a body":
      response.writeHead(200, { ...head, "Content-Length": PODS.length });
      response.write(PODS.slice(0, 1000), () => socket.end());
      break;
    case "stalled body":
      response.writeHead(200, { ...head, "Content-Length": PODS.length });
      response.write(PODS.slice(0, 1000));
      break;
    case "stalled answer":
      break;
    case "gzip of junk":
      response.writeHead(200, gzip);
      response.end("this is no gzip");
      break;
    case "gzip cut short":
      response.writeHead(200, gzip);
      response.end(gzipSync(PODS).subarray(0, 60));
      break;
    case "empty gzip":
      response.writeHead(200, { ...gzip, "Content-Length": 0 });
      response.end();
      break;
    case "429":
      answerStatus(response, 429, "TooManyRequests", { "Retry-After": "1" });
      break;
    case "503":
      answerStatus(response, 503, "ServiceUnavailable", { "Retry-After": "1" });
      break;
    case "500":
      answerStatus(response, 500, "InternalError");
      break;
    case "Connection: close":
      response.writeHead(200, { ...head, Connection: "close" });
      response.end(PODS);
      break;
    case "no HTTP":
      response.socket?.write("SSH-2.0-OpenSSH_9.6\r\n", () => socket.destroy());
      break;
  }
}

function answerStatus(
  response: ServerResponse,
  code: number,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  const status = { kind: "Status", apiVersion: "v1", status: "Failure", reason, message: reason, code };
  response.writeHead(code, { "Content-Type": "application/json", ...headers });
  response.end(JSON.stringify(status));
}

/** The channels of exec, which only kubelet's code documents. */
const STDOUT = 1;
const ERROR = 3;

/** Serves exec (some output, then success) or port-forward (an echo). */
function serve(webSocket: WebSocket, { pathname }: URL): void {
  webSocket.on("error", () => undefined);
  const send = (channel: number, data: string | Buffer): void => {
    webSocket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(data)]));
  };
  if (pathname.endsWith("/portforward")) {
    const port = Buffer.from([80, 0]);
    send(0, port);
    send(1, port);
    webSocket.on("message", (data: Buffer) => {
      if (data.length > 1) {
        send(0, data.subarray(1));
      }
    });
    return;
  }
  send(STDOUT, "hello from the pod\n");
  send(ERROR, JSON.stringify({ kind: "Status", apiVersion: "v1", status: "Success" }));
  webSocket.close();
}
