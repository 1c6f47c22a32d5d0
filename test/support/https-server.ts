import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { createSecureServer } from "node:http2";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import type { SecureContextOptions } from "node:tls";
import { TLSSocket } from "node:tls";
import { gzipSync } from "node:zlib";
import type { Identity } from "./certificates.ts";

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string;
  /** The request target: path and query, or a whole URL from a client that treats the server as a proxy. */
  readonly target: string;
  /** In the order and spelling in which they were sent. HTTP/2's pseudo headers are not among them. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  readonly httpVersion: string;
  /** Requests with the same number came over one connection. */
  readonly connection: number;
  /** Missing on plain HTTP. */
  readonly tls?: SeenTls;
}

/** The client's TLS handshake. */
export interface SeenTls {
  /** SNI; `""` if none was sent. */
  readonly serverName: string;
  /** The subject's common name in the client's certificate; `""` if none was sent. */
  readonly clientCertificate: string;
}

/** A server's response. It can be written as JSON. */
export interface Reply {
  /** 200 if not given. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  /** Bytes in base64, instead of `body`. */
  readonly base64?: string;
  /** Compress the body if the client accepts that. */
  readonly gzip?: boolean;
  /** Milliseconds to wait before the answer begins. */
  readonly delay?: number;
  /** Milliseconds to wait between the first half of the body and the second. */
  readonly pause?: number;
  /** Close the connection without an answer, or after the first half of a body that promises more. */
  readonly abort?: "before" | "within";
}

export interface ServerOptions {
  /** Without it the server speaks plain HTTP. */
  readonly identity?: Identity;
  /** PEM authorities whose client certificates are requested; none are checked. Default: certificates of any. */
  readonly clientAuthorities?: string;
  /** Speak HTTP/2 with clients that ask for it. Only HTTP/1.1 is offered if not given. */
  readonly http2?: boolean;
  readonly tls?: SecureContextOptions;
  /** The n-th request gets the n-th reply, and those after the last reply get the last; or a function's result. */
  readonly reply?: readonly Reply[] | ((request: SeenRequest, index: number) => Reply);
}

/** A server on loopback that keeps everything it receives. */
export interface TestServer {
  readonly port: number;
  /** Such as `https://127.0.0.1:4711`. */
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  /** TCP connections that were opened. */
  readonly connections: () => number;
  /** TLS handshakes that were completed. */
  readonly handshakes: () => number;
  /** Codes of the TLS handshakes that failed. */
  readonly failedHandshakes: readonly string[];
  /** Forgets what was received, and goes on with other replies if they are given. */
  readonly reset: (reply?: ServerOptions["reply"]) => void;
  /** Closes all connections now; the server stays. */
  readonly dropConnections: () => void;
  readonly close: () => Promise<void>;
}

export const okReply: Reply = { headers: { "content-type": "application/json" }, body: '{"ok":true}\n' };

type Incoming = IncomingMessage | Http2ServerRequest;
type Outgoing = ServerResponse | Http2ServerResponse;

/** Starts a server on 127.0.0.1. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  const failedHandshakes: string[] = [];
  const sockets = new Set<Socket>();
  const numbers = new WeakMap<object, number>();
  const counts = { connections: 0, handshakes: 0 };
  let reply = options.reply ?? [okReply];
  const server = createListener(options, (request, response) => {
    void answer(request, response);
  });
  const answer = async (request: Incoming, response: Outgoing): Promise<void> => {
    const body = await readAll(request);
    const { socket, key } = connectionOf(request);
    const seen: SeenRequest = {
      method: request.method ?? "",
      target: request.url ?? "",
      headers: pairs(request.rawHeaders),
      body,
      httpVersion: request.httpVersion,
      connection: numbers.get(key) ?? 0,
      ...(options.identity && { tls: tlsOf(socket) }),
    };
    const index = requests.push(seen) - 1;
    const wanted =
      typeof reply === "function"
        ? reply(seen, index)
        : (reply[Math.min(index, reply.length - 1)] ?? okReply);
    await send(wanted, request, response);
  };
  server.on("connection", (socket: Socket) => {
    counts.connections += 1;
    numbers.set(socket, counts.connections);
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => {});
  });
  server.on("session", (session: object) => numbers.set(session, counts.connections));
  server.on("secureConnection", (socket: TLSSocket) => {
    counts.handshakes += 1;
    numbers.set(socket, counts.handshakes);
  });
  server.on("tlsClientError", (error: NodeJS.ErrnoException) => {
    failedHandshakes.push(error.code ?? "unknown");
  });
  const dropConnections = (): void => {
    for (const socket of sockets) {
      socket.destroy();
    }
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${options.identity ? "https" : "http"}://127.0.0.1:${port}`,
    requests,
    failedHandshakes,
    connections: () => counts.connections,
    handshakes: () => counts.handshakes,
    reset: (next) => {
      requests.length = 0;
      failedHandshakes.length = 0;
      counts.connections = 0;
      counts.handshakes = 0;
      reply = next ?? reply;
    },
    dropConnections,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      dropConnections();
      await closed;
    },
  };
}

function createListener(
  options: ServerOptions,
  listener: (request: Incoming, response: Outgoing) => void,
): Server {
  const { identity } = options;
  if (identity === undefined) {
    return createServer(listener);
  }
  const tls = {
    ...options.tls,
    cert: identity.certificate,
    key: identity.key,
    requestCert: true,
    rejectUnauthorized: false,
    ...(options.clientAuthorities !== undefined && { ca: options.clientAuthorities }),
  };
  return options.http2 === true
    ? (createSecureServer({ ...tls, allowHTTP1: true }, listener) as unknown as Server)
    : createHttpsServer({ ...tls, ALPNProtocols: ["http/1.1"] }, listener);
}

async function send(reply: Reply, request: Incoming, response: Outgoing): Promise<void> {
  await wait(reply.delay);
  if (reply.abort === "before") {
    connectionOf(request).socket.destroy();
    return;
  }
  const plain =
    reply.base64 === undefined ? Buffer.from(reply.body ?? "") : Buffer.from(reply.base64, "base64");
  const accepts = /\bgzip\b/u.test(request.headers["accept-encoding"] ?? "");
  const body = reply.gzip === true && accepts ? gzipSync(plain) : plain;
  response.statusCode = reply.status ?? 200;
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    response.setHeader(name, typeof value === "string" ? value : [...value]);
  }
  if (body !== plain) {
    response.setHeader("content-encoding", "gzip");
  }
  response.setHeader("content-length", String(body.length));
  const half = reply.abort === "within" || reply.pause !== undefined ? body.length >> 1 : body.length;
  const write = response.write.bind(response) as (chunk: Buffer, done: () => void) => boolean;
  if (half > 0 && request.method !== "HEAD") {
    await new Promise<void>((resolve) => write(body.subarray(0, half), resolve));
  }
  await wait(reply.pause);
  if (reply.abort === "within") {
    connectionOf(request).socket.destroy();
    return;
  }
  response.end(body.subarray(half));
}

/** Returns the connection of a request. HTTP/2 shows its socket through a proxy only: its session represents it. */
function connectionOf(request: Incoming): { readonly socket: Socket; readonly key: object } {
  const session = "stream" in request ? request.stream.session : undefined;
  return session === undefined
    ? { socket: request.socket, key: request.socket }
    : { socket: session.socket, key: session };
}

function tlsOf(socket: Socket): SeenTls {
  if (!(socket instanceof TLSSocket)) {
    return { serverName: "", clientCertificate: "" };
  }
  const { servername } = socket as unknown as { readonly servername?: string | false };
  const { subject } = socket.getPeerCertificate() as { readonly subject?: { readonly CN?: string } };
  return {
    serverName: servername === undefined || servername === false ? "" : servername,
    clientCertificate: subject?.CN ?? "",
  };
}

function pairs(raw: readonly string[]): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? "";
    if (!name.startsWith(":")) {
      found.push([name, raw[at + 1] ?? ""]);
    }
  }
  return found;
}

async function readAll(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
    }
  } catch {
    // A client that gives up has sent everything that it will send.
  }
  return Buffer.concat(chunks).toString("utf8");
}

function wait(milliseconds: number | undefined): Promise<void> {
  return milliseconds === undefined
    ? Promise.resolve()
    : new Promise((resolve) => {
        setTimeout(resolve, milliseconds).unref();
      });
}
