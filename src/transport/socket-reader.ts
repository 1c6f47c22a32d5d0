import type { Socket } from "node:net";
import { ConnectionError } from "../errors.ts";
import { connectionFault } from "./go-words.ts";
import { listener } from "./listener.ts";

/** Reads the responses of a proxy, piece by piece, and then releases the socket. */
export interface SocketReader {
  /** Reads exactly that many bytes. */
  take(length: number): Promise<Buffer>;
  /**
   * Reads the head of a response, including the empty line that ends it. Lines may end without a carriage return, as in Go.
   *
   * @throws ConnectionError when it exceeds `limit` bytes
   */
  takeHead(limit: number): Promise<Buffer>;
  /** Stops reading, and returns the unread bytes to the socket. */
  release(): void;
}

/**
 * Starts reading a socket.
 *
 * @throws ConnectionError (from the reader's methods) when the connection ends before the bytes have arrived
 */
export function readSocket(socket: Socket): SocketReader {
  let held = Buffer.alloc(0);
  let failure: unknown;
  let wake: () => void = doNothing;
  const onError = (error: unknown): void => {
    failure = error;
    wake();
  };
  const onData = listener(onError, (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    wake();
  });
  const onEnd = (): void => onError(new Error("EOF"));
  socket.on("data", onData).on("error", onError).on("end", onEnd).on("close", onEnd);
  const takeWhen = async (lengthOf: (bytes: Buffer) => number | undefined): Promise<Buffer> => {
    for (;;) {
      const length = lengthOf(held);
      if (length !== undefined) {
        const taken = held.subarray(0, length);
        held = held.subarray(length);
        return taken;
      }
      if (failure !== undefined) {
        throw new ConnectionError(connectionFault(failure, socket));
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    take: (length) => takeWhen((bytes) => (bytes.length < length ? undefined : length)),
    takeHead: (limit) =>
      takeWhen((bytes) => {
        const end = /\r?\n\r?\n/.exec(bytes.toString("latin1", 0, limit));
        if (end === null && bytes.length > limit) {
          throw new ConnectionError("unexpected EOF");
        }
        return end === null ? undefined : end.index + end[0].length;
      }),
    release: () => {
      socket.pause().off("data", onData).off("error", onError).off("end", onEnd).off("close", onEnd);
      if (held.length > 0) {
        socket.unshift(held);
      }
    },
  };
}

function doNothing(): void {}
