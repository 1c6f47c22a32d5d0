import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { pipeToLoopback } from "./loopback-pipe.ts";

/** A client's request to a SOCKS proxy. */
export interface SeenSocksRequest {
  /** The authentication methods that it offered, by number: 0 is none, 2 is user and password. */
  readonly methods: readonly number[];
  /** `user:password`, if the client sent them. */
  readonly credentials?: string;
  /** Whether the host was left to the proxy to resolve. */
  readonly addressType: "domain" | "IPv4" | "IPv6";
  readonly host: string;
  readonly port: number;
}

export interface SocksProxy {
  readonly port: number;
  /** Such as `socks5://127.0.0.1:4711`. */
  readonly url: string;
  readonly requests: readonly SeenSocksRequest[];
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

/** Starts a SOCKS5 proxy (RFC 1928, RFC 1929) on loopback. It connects to 127.0.0.1, whatever the requested host is. */
export async function startSocksProxy(
  options: {
    /** `user:password` that a client must present; without it authentication is not requested. */
    readonly credentials?: string;
    /** The code of every answer, instead of a connection: 1 is a general failure, 2 a rule, 5 a refusal. */
    readonly refuse?: number;
  } = {},
): Promise<SocksProxy> {
  const requests: SeenSocksRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    sockets.add(client);
    client.on("error", () => {});
    client.once("close", () => sockets.delete(client));
    serve(client, options, requests).catch(() => client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `socks5://127.0.0.1:${port}`,
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

const USER_AND_PASSWORD = 2;
const NO_METHOD = 0xff;

async function serve(
  client: Socket,
  { credentials, refuse }: { readonly credentials?: string; readonly refuse?: number },
  requests: SeenSocksRequest[],
): Promise<void> {
  const take = reader(client);
  const [, count = 0] = await take(2);
  const methods = [...(await take(count))];
  const method = credentials === undefined ? 0 : USER_AND_PASSWORD;
  if (!methods.includes(method)) {
    client.end(Buffer.from([5, NO_METHOD]));
    return;
  }
  client.write(Buffer.from([5, method]));
  let given: string | undefined;
  if (method === USER_AND_PASSWORD) {
    const [, userLength = 0] = await take(2);
    const user = await take(userLength);
    const [passwordLength = 0] = await take(1);
    given = `${user.toString()}:${(await take(passwordLength)).toString()}`;
    client.write(Buffer.from([1, given === credentials ? 0 : 1]));
  }
  if (given !== credentials) {
    client.end();
    return;
  }
  const [, , , type = 0] = await take(4);
  const [addressType, host] = await readAddress(type, take);
  const port = (await take(2)).readUInt16BE();
  requests.push({ methods, ...(given !== undefined && { credentials: given }), addressType, host, port });
  if (refuse !== undefined) {
    client.end(answer(refuse));
    return;
  }
  take.stop();
  pipeToLoopback(client, port, {
    onOpen: () => client.write(answer(0)),
    onRefused: () => client.end(answer(5)),
  });
}

/** Returns the proxy's reply to a request; clients ignore the address in it. */
function answer(code: number): Buffer {
  return Buffer.from([5, code, 0, 1, 127, 0, 0, 1, 0, 0]);
}

type Take = ((length: number) => Promise<Buffer>) & { readonly stop: () => void };

async function readAddress(
  type: number,
  take: Take,
): Promise<readonly [SeenSocksRequest["addressType"], string]> {
  if (type === 1) {
    return ["IPv4", [...(await take(4))].join(".")];
  }
  if (type === 3) {
    const [length = 0] = await take(1);
    return ["domain", (await take(length)).toString()];
  }
  const bytes = await take(16);
  return ["IPv6", Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16)).join(":")];
}

/** Makes a reader of a socket in pieces of a requested length; after `stop`, the rest is left to others. */
function reader(socket: Socket): Take {
  let held = Buffer.alloc(0);
  let wake: (() => void) | undefined;
  const onData = (chunk: Buffer): void => {
    held = Buffer.concat([held, chunk]);
    wake?.();
  };
  const onEnd = (): void => wake?.();
  socket.on("data", onData).once("close", onEnd);
  const take = async (length: number): Promise<Buffer> => {
    while (held.length < length) {
      if (socket.destroyed) {
        throw new Error("the client has gone");
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return taken;
  };
  const stop = (): void => {
    socket.pause().off("data", onData).off("close", onEnd);
    socket.unshift(held);
  };
  return Object.assign(take, { stop });
}
