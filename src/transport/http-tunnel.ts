import type { Socket } from "node:net";
import { hostHeader } from "../go/idna.ts";
import { ConnectionError } from "../errors.ts";
import { hostPort } from "./go-words.ts";
import type { Proxy } from "./proxy.ts";
import { readSocket } from "./socket-reader.ts";
import { statusLineFault } from "./status-line.ts";

/** The limit for the response to CONNECT, in bytes. */
const MAX_HEADER_BYTES = 256 * 1024;

/**
 * Opens a tunnel through an HTTP proxy, over an open connection to it. The request is that of Go's net/http.
 *
 * @throws ConnectionError with the proxy's reason: `Proxy Authentication Required`
 */
export async function openHttpTunnel(
  socket: Socket,
  proxy: Proxy,
  hostname: string,
  port: number,
): Promise<void> {
  const target = hostPort(hostname, port);
  const authorization = proxy.authorization();
  const reader = readSocket(socket);
  try {
    socket.write(
      `CONNECT ${target} HTTP/1.1\r\nHost: ${hostHeader(target)}\r\nUser-Agent: Go-http-client/1.1\r\n${
        authorization === undefined ? "" : `Proxy-Authorization: ${authorization}\r\n`
      }\r\n`,
    );
    const answer = (await reader.takeHead(MAX_HEADER_BYTES)).toString("latin1");
    const { status, reason } =
      /^HTTP\/\d\.\d (?<status>\d{3})(?: (?<reason>[^\r\n]*))?\r?\n/.exec(answer)?.groups ?? {};
    if (status === undefined) {
      throw new ConnectionError(
        statusLineFault(/^[^\r\n]*/.exec(answer)?.[0] ?? "") ?? "malformed HTTP response",
      );
    }
    if (status !== "200") {
      // kubectl searches for these words whatever their source.
      const isRefused = reason?.includes("connection refused") === true;
      throw new ConnectionError(reason ?? "unknown status code", { isRefused });
    }
  } finally {
    reader.release();
  }
}
