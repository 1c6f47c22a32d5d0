import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { ConnectionError } from "../errors.ts";
import { codeOf } from "../go/errno.ts";
import { expectAnswer, isBetweenAnswers } from "./answer-limits.ts";

/** Methods that may safely be sent twice. Go's `Request.isReplayable`. */
const REPLAYABLE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/** How much of a request is kept for sending it again, in bytes; a longer one is not sent again. */
const MAX_KEPT = 16 * 1024 * 1024;

/** One request on a connection, and its response. */
interface Exchange {
  /** The bytes written so far, to be sent again; undefined once the request cannot be sent again. */
  kept: Buffer[] | undefined;
  keptBytes: number;
  /** Whether the connection was used before, so that the server may just have closed it. */
  readonly isReused: boolean;
  /** Whether the server may receive it twice. */
  readonly isReplayable: boolean;
  /** Whether any of it may have reached the server. */
  isSent: boolean;
  /** Whether any byte of the response has arrived. */
  isAnswered: boolean;
}

/**
 * A connection for HTTP/1.1 that survives when the server closes it while it is idle.
 *
 * A server may close an idle connection at the moment at which the next request is sent. Go's net/http then sends the
 * request again over a new connection if no byte of a response has arrived and the request may be repeated (GET, HEAD,
 * OPTIONS and TRACE, and all with an `Idempotency-Key`) or nothing of it was sent. This socket does the same for every
 * client that is built on it: undici, Node's `http`, WebSockets. Go's `persistConn.shouldRetryRequest`.
 */
export class ResendingSocket extends Duplex {
  readonly #reopen: (signal: AbortSignal) => Promise<Socket>;
  readonly #closing = new AbortController();
  #socket: Socket;
  #exchange: Exchange | undefined;
  /** Whether it was used before: it has carried a response, or has waited for the first request. */
  #isUsed = false;
  /** Whether a request is about to be written. */
  #isClaimed = false;
  /** Whether the server has closed the underlying connection. */
  #isGone = false;
  #isReopening = false;
  /** Whether the last received bytes ended a response. */
  #wasIdle = false;
  /** Called when the pending write has completed. */
  #written: (() => void) | undefined;
  #isReferenced = true;
  #timeout = 0;

  /** @param reopen - opens another connection to the same server, with {@link limitAnswers} in force */
  constructor(socket: Socket, reopen: (signal: AbortSignal) => Promise<Socket>) {
    super({ allowHalfOpen: false });
    this.#reopen = reopen;
    this.#socket = socket;
    this.#attach(socket);
    setImmediate(() => {
      this.#isUsed ||= this.#exchange === undefined && !this.#isClaimed;
    }).unref();
  }

  /** Reserves the socket for a request that is about to be written: the socket does not close until then. */
  claim(): void {
    this.#isClaimed = true;
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    const isFirst = this.#exchange === undefined || this.#isIdle;
    const exchange = isFirst ? this.#begin(chunk) : this.#exchange;
    if (exchange?.kept !== undefined) {
      exchange.kept.push(chunk);
      exchange.keptBytes += chunk.length;
      if (exchange.keptBytes > MAX_KEPT) {
        exchange.kept = undefined;
      }
    }
    this.#written = callback;
    if (this.#isReopening) {
      return;
    }
    if (isFirst && exchange?.isReused === true && !exchange.isReplayable) {
      // The server may have closed the connection unnoticed: two turns of the event loop show that.
      setImmediate(() => setImmediate(() => this.#send(chunk)));
    } else {
      this.#send(chunk);
    }
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#socket.end();
    callback();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#closing.abort(error ?? new Error("closed"));
    this.#exchange = undefined;
    if (this.#socket.closed) {
      callback(error);
    } else {
      this.#socket.once("close", () => callback(error)).destroy();
    }
  }

  /** Ends the connection once all data has been written, as `net.Socket` does. */
  destroySoon(): void {
    this.end(() => this.destroy());
  }

  setTimeout(milliseconds: number, callback?: () => void): this {
    this.#timeout = milliseconds;
    this.#socket.setTimeout(milliseconds);
    if (callback !== undefined) {
      this.once("timeout", callback);
    }
    return this;
  }

  setNoDelay(isOn?: boolean): this {
    this.#socket.setNoDelay(isOn);
    return this;
  }

  setKeepAlive(isOn?: boolean, delay?: number): this {
    this.#socket.setKeepAlive(isOn, delay);
    return this;
  }

  ref(): this {
    this.#isReferenced = true;
    this.#socket.ref();
    return this;
  }

  unref(): this {
    this.#isReferenced = false;
    this.#socket.unref();
    return this;
  }

  get timeout(): number {
    return this.#timeout;
  }

  get remoteAddress(): string | undefined {
    return this.#socket.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.#socket.remotePort;
  }

  get remoteFamily(): string | undefined {
    return this.#socket.remoteFamily;
  }

  get localAddress(): string | undefined {
    return this.#socket.localAddress;
  }

  get localPort(): number | undefined {
    return this.#socket.localPort;
  }

  get bytesRead(): number {
    return this.#socket.bytesRead;
  }

  get bytesWritten(): number {
    return this.#socket.bytesWritten;
  }

  get connecting(): boolean {
    return false;
  }

  /** Whether the connection uses TLS. */
  get encrypted(): boolean {
    return "encrypted" in this.#socket;
  }

  /** Whether the last response has ended and no request has been written since. */
  get #isIdle(): boolean {
    return (
      this.#exchange?.isAnswered === true &&
      this.#socket.readableLength === 0 &&
      isBetweenAnswers(this.#socket)
    );
  }

  #begin(start: Buffer): Exchange {
    const head = start.toString("latin1");
    const method = head.slice(0, head.indexOf(" "));
    const headers = head.split("\r\n\r\n", 1)[0] ?? "";
    const isReused = this.#isUsed;
    const isReplayable =
      (REPLAYABLE.has(method) || /\r\n(?:x-)?idempotency-key:/i.test(headers)) &&
      // Go cannot read the body of a stream a second time, either.
      !/\r\ntransfer-encoding:/i.test(headers);
    expectAnswer(this.#socket, method);
    this.#wasIdle = false;
    this.#exchange = {
      kept: isReused ? [] : undefined,
      keptBytes: 0,
      isReused,
      isReplayable,
      isSent: false,
      isAnswered: false,
    };
    return this.#exchange;
  }

  #send(chunk: Buffer): void {
    const exchange = this.#exchange;
    if (this.destroyed || this.#isReopening) {
      return;
    }
    if (this.#isGone || this.#socket.destroyed) {
      this.#lose();
      return;
    }
    if (exchange !== undefined) {
      exchange.isSent = true;
    }
    this.#socket.write(chunk, (error) => {
      // The socket itself reports an error.
      if (error === undefined || error === null) {
        this.#goOn();
      }
    });
  }

  #goOn(): void {
    const written = this.#written;
    this.#written = undefined;
    written?.();
  }

  #attach(socket: Socket): void {
    this.#socket = socket;
    this.#isGone = false;
    const isOurs = (): boolean => this.#socket === socket && !this.destroyed;
    socket.on("data", (chunk: Buffer) => {
      if (isOurs()) {
        this.#onData(chunk);
      }
    });
    socket.on("timeout", () => this.emit("timeout"));
    socket.on("error", (error) => {
      if (isOurs()) {
        this.#lose(error);
      }
    });
    for (const event of ["end", "close"]) {
      socket.on(event, () => {
        if (isOurs() && !this.#isGone) {
          this.#lose();
        }
      });
    }
  }

  #onData(chunk: Buffer): void {
    const exchange = this.#exchange;
    if (this.#isUsed && (exchange === undefined || this.#wasIdle)) {
      // As in Go, which waits for no response then.
      this.destroy(new ConnectionError("Unsolicited response received on idle HTTP channel"));
      return;
    }
    if (exchange !== undefined) {
      exchange.isAnswered = true;
      exchange.kept = undefined;
    }
    this.#wasIdle = this.#isIdle;
    if (this.#wasIdle) {
      this.#isUsed = true;
      this.#isClaimed = false;
    }
    if (!this.push(chunk)) {
      this.#socket.pause();
    }
  }

  /** Handles the end or the failure of the underlying connection. */
  #lose(error?: Error): void {
    this.#isGone = true;
    const exchange = this.#exchange;
    if (this.#isClaimed && this.#isUsed && (exchange === undefined || this.#isIdle)) {
      // The request that is about to be written opens a new one.
      return;
    }
    if (exchange !== undefined && this.#mayResend(exchange, error)) {
      void this.#resend(exchange);
      return;
    }
    if (error !== undefined) {
      this.destroy(error);
    } else if (exchange === undefined || this.#isIdle) {
      // A client may have chosen this connection in the same turn of the event loop.
      setImmediate(() => {
        if (!this.#isReopening && (this.#exchange === undefined || this.#isIdle)) {
          this.destroy();
        }
      });
    } else {
      this.push(null);
      this.read(0);
      if (this.#socket.destroyed) {
        this.destroy();
      }
    }
  }

  #mayResend(exchange: Exchange, error: Error | undefined): boolean {
    const isNothingSent = !exchange.isSent || (codeOf(error) === "EPIPE" && exchange.kept?.length === 1);
    return (
      exchange.isReused &&
      !exchange.isAnswered &&
      exchange.kept !== undefined &&
      (exchange.isReplayable || isNothingSent) &&
      // A ConnectionError is the fault of a response.
      !(error instanceof ConnectionError)
    );
  }

  async #resend(exchange: Exchange): Promise<void> {
    this.#isReopening = true;
    this.#socket.destroy();
    try {
      const socket = await this.#reopen(this.#closing.signal);
      if (this.destroyed) {
        socket.destroy();
        return;
      }
      socket.setTimeout(this.#timeout);
      if (!this.#isReferenced) {
        socket.unref();
      }
      const kept = exchange.kept ?? [];
      this.#attach(socket);
      const again = this.#begin(kept[0] ?? Buffer.alloc(0));
      // Do not send it again if the new connection fails too.
      this.#exchange = { ...again, isReused: false, kept: undefined, isSent: true };
      this.#isUsed = false;
      this.#isReopening = false;
      socket.write(Buffer.concat(kept), (error) => {
        if (error === undefined || error === null) {
          this.#goOn();
        }
      });
    } catch (error) {
      this.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
