import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { ConnectionError } from "../errors.ts";
import { codeOf } from "../go/errno.ts";
import { expectAnswer, isBetweenAnswers } from "./answer-limits.ts";

/** Methods that may be sent again without the server's knowledge. Go's `Request.isReplayable`. */
const REPLAYABLE: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "TRACE"]);

/** So much of a request is kept for sending it again, in bytes; a longer one is not sent again. */
const MAX_KEPT = 16 * 1024 * 1024;

/** One request on a connection, and its answer. */
interface Exchange {
  /** What has been written so far, to be written again; undefined once that is out of the question. */
  kept: Buffer[] | undefined;
  keptBytes: number;
  /** Whether the connection was kept from an earlier request, so that the server may just have closed it. */
  readonly isReused: boolean;
  /** Whether the server may receive it twice. */
  readonly isReplayable: boolean;
  /** Whether any of it may have reached the server. */
  isSent: boolean;
  /** Whether any byte of the answer has come. */
  isAnswered: boolean;
}

/**
 * A connection for HTTP/1.1 that survives when the server closes it while it is idle.
 *
 * A server may close an idle connection at the very moment at which the next request is sent. Go's net/http then sends the
 * request again over a new connection if no byte of an answer has come and the request may be repeated (GET, HEAD,
 * OPTIONS and TRACE, and all with an `Idempotency-Key`) or nothing of it was sent. So does this socket, for every client
 * that is built on it: undici, Node's `http`, WebSockets. Go's `persistConn.shouldRetryRequest`.
 */
export class ResendingSocket extends Duplex {
  readonly #reopen: (signal: AbortSignal) => Promise<Socket>;
  readonly #closing = new AbortController();
  #socket: Socket;
  #exchange: Exchange | undefined;
  /** Whether it was of use before: it has carried an answer, or has waited for the first request. */
  #isUsed = false;
  /** Whether a request is about to be written. */
  #isClaimed = false;
  /** Whether the server has closed the connection below. */
  #isGone = false;
  #isReopening = false;
  /** Whether the last bytes that came ended an answer. */
  #wasIdle = false;
  /** What goes on once what is being written has been written. */
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

  /** Says that a request is about to be written: until then the socket does not close by itself. */
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
      // The server may have closed the connection, and nobody has looked: two turns of the event loop show that.
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

  /** Ends the connection once all has been written, as `net.Socket` does. */
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

  /** Whether TLS is spoken. */
  get encrypted(): boolean {
    return "encrypted" in this.#socket;
  }

  /** Whether the last answer has ended and no request has been written since. */
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
      // The body of a stream is not at hand a second time in Go, either.
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
      // Of an error the socket tells by itself.
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
      // As Go, which waits for no answer then.
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

  /** The connection has ended, or has failed. */
  #lose(error?: Error): void {
    this.#isGone = true;
    const exchange = this.#exchange;
    if (this.#isClaimed && this.#isUsed && (exchange === undefined || this.#isIdle)) {
      // The request that is about to be written opens another.
      return;
    }
    if (exchange !== undefined && this.#mayResend(exchange, error)) {
      void this.#resend(exchange);
      return;
    }
    if (error !== undefined) {
      this.destroy(error);
    } else if (exchange === undefined || this.#isIdle) {
      // Somebody may have chosen this connection within this very turn of the event loop.
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
      // That is what was made of an answer.
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
      // A new connection that fails is a failure.
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
