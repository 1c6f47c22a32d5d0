import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";

/** A server whose bytes a function determines. */
export interface TcpServer {
  readonly url: string;
  /** Bytes that were written to all clients, as far as they took them. */
  readonly written: () => number;
  readonly close: () => void;
}

/** Starts a server that responds on each connection as soon as something has come over it. */
export async function startTcpServer(answer: (socket: Socket) => void): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).once("data", () => answer(socket));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    written: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
    close: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}

/** Writes a head, and then a piece repeatedly, for as long as the client accepts it. */
export function endless(head: string, piece: string): (socket: Socket) => void {
  return (socket) => {
    socket.write(head, "latin1");
    const more = (): void => {
      while (!socket.destroyed && socket.write(piece, "latin1"));
    };
    socket.on("drain", more);
    more();
  };
}
