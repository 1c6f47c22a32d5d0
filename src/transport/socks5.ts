import type { Socket } from "node:net";
import { isIP, isIPv4 } from "node:net";
import { ConnectionError } from "../errors.ts";
import { ipv6Bytes } from "../x509/san-address.ts";
import type { Proxy } from "./proxy.ts";
import { readSocket } from "./socket-reader.ts";

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USER_AND_PASSWORD = 2;
const CONNECT = 1;
const IPV4 = 1;
const DOMAIN = 3;
const IPV6 = 4;
const REFUSED = 5;

/** The meaning of the reply codes of RFC 1928, in the words of Go's `golang.org/x/net/internal/socks`. */
const REPLIES: Readonly<Record<number, string>> = {
  1: "general SOCKS server failure",
  2: "connection not allowed by ruleset",
  3: "network unreachable",
  4: "host unreachable",
  [REFUSED]: "connection refused",
  6: "TTL expired",
  7: "command not supported",
  8: "address type not supported",
};

/**
 * Opens a tunnel through a SOCKS5 proxy, over an open connection to it. The proxy resolves names.
 *
 * @throws ConnectionError in Go's words: `no acceptable authentication methods`
 */
export async function openSocksTunnel(
  socket: Socket,
  proxy: Proxy,
  hostname: string,
  port: number,
): Promise<void> {
  const reader = readSocket(socket);
  const user = proxy.user();
  const methods = user === undefined ? [NO_AUTHENTICATION] : [NO_AUTHENTICATION, USER_AND_PASSWORD];
  try {
    socket.write(Buffer.from([VERSION, methods.length, ...methods]));
    const [version = 0, method = 0] = await reader.take(2);
    requireVersion(version);
    if (!methods.includes(method)) {
      throw new ConnectionError("no acceptable authentication methods");
    }
    if (method === USER_AND_PASSWORD && user !== undefined) {
      socket.write(Buffer.concat([Buffer.from([1]), counted(user.name), counted(user.password)]));
      const [, status] = await reader.take(2);
      if (status !== 0) {
        throw new ConnectionError("username/password authentication failed");
      }
    }
    const target = Buffer.alloc(2);
    target.writeUInt16BE(port);
    socket.write(Buffer.concat([Buffer.from([VERSION, CONNECT, 0]), addressBytes(hostname), target]));
    const [answered = 0, code = 0, , type = 0] = await reader.take(4);
    requireVersion(answered);
    if (code !== 0) {
      const reply = REPLIES[code] ?? `unknown code: ${code}`;
      throw new ConnectionError(`unknown error ${reply}`, { isRefused: code === REFUSED });
    }
    const [length = 0] = type === DOMAIN ? await reader.take(1) : [type === IPV6 ? 16 : 4];
    await reader.take(length + 2);
  } finally {
    reader.release();
  }
}

function requireVersion(version: number): void {
  if (version !== VERSION) {
    throw new ConnectionError(`unexpected protocol version ${version}`);
  }
}

function counted(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length === 0 || bytes.length > 255) {
    throw new ConnectionError("invalid username/password");
  }
  return Buffer.concat([Buffer.from([bytes.length]), bytes]);
}

function addressBytes(hostname: string): Buffer {
  if (isIPv4(hostname)) {
    return Buffer.from([IPV4, ...hostname.split(".").map(Number)]);
  }
  // Go treats an address with a zone as a name.
  if (isIP(hostname) !== 0 && !hostname.includes("%")) {
    return Buffer.from([IPV6, ...ipv6Bytes(hostname)]);
  }
  const name = Buffer.from(hostname, "utf8");
  if (name.length > 255) {
    throw new ConnectionError("FQDN too long");
  }
  return Buffer.concat([Buffer.from([DOMAIN, name.length]), name]);
}
