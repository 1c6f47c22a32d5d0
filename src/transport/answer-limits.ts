import type { Socket } from "node:net";
import { goQuote } from "../go/quote.ts";
import { ConnectionError } from "../errors.ts";
import { statusLineFault } from "./status-line.ts";

/** Go's limit for the headers of a response and of all interim responses before it, in bytes. */
export const MAX_HEADER_BYTES = 10 * 1024 * 1024;

const BROKEN = "net/http: HTTP/1.x transport connection broken: ";

/** Go's message for a response that exceeds the limit. */
export const TOO_MANY_HEADERS = `${BROKEN}net/http: server response headers exceeded ${MAX_HEADER_BYTES} bytes; aborted`;

/** Each header line costs a hundred times its length in memory, so the bytes alone are no limit. */
const MAX_HEADER_LINES = 65_536;
/** Go's limit for the line before a chunk, its end included, in bytes. */
const MAX_CHUNK_LINE = 4095;
/** Go's limit for the trailers after the last chunk, the empty line included, in bytes. */
const MAX_TRAILER_BYTES = 4096;
/** Go's limit for the overhead of chunks, beyond 16 bytes per chunk and twice the data. */
const MAX_EXCESS = 16 * 1024;

/** Options of {@link limitAnswers}. */
export interface LimitOptions {
  /** Passes `100 Continue` on as a different interim response: undici closes the connection on a 100. */
  readonly disguiseContinue: boolean;
}

const watchers = new WeakMap<Socket, AnswerWatcher>();

/**
 * Limits everything that a server may send around the bodies of its responses: headers, the lines before chunks,
 * trailers. Neither undici's parser nor Node's limits all of it. The limits and errors are those of Go's net/http.
 *
 * Passes on the bytes before the fault, then destroys the socket with a ConnectionError. Bodies are skipped, not read.
 */
export function limitAnswers(socket: Socket, options: LimitOptions): void {
  const watcher = answerWatcher(options);
  const push = socket.push.bind(socket);
  let failed = false;
  watchers.set(socket, watcher);
  socket.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (failed) {
      return false;
    }
    if (chunk === null) {
      const { rest, fault } = watcher.end();
      if (fault !== undefined) {
        failed = true;
        setImmediate(() => socket.destroy(fault));
        return false;
      }
      return (rest.length === 0 || push(rest)) && push(null);
    }
    if (!Buffer.isBuffer(chunk)) {
      return push(chunk, encoding);
    }
    const { passed, fault } = watcher.read(chunk);
    const wantsMore = passed.length === 0 || push(passed);
    if (fault === undefined) {
      return wantsMore;
    }
    failed = true;
    // Let the parser read the passed bytes first.
    setImmediate(() => socket.destroy(fault));
    return false;
  };
}

/** Announces the method of the next request on a kept connection: whether the response has a body depends on it. */
export function expectAnswer(socket: Socket, method: string): void {
  watchers.get(socket)?.expect(method);
}

/** Reports whether no response has begun on a connection, or the last one has ended. */
export function isBetweenAnswers(socket: Socket): boolean {
  return watchers.get(socket)?.isBetween() ?? false;
}

interface AnswerWatcher {
  /** Receives bytes, and returns those that the parser may read: lines only once they are complete. */
  read(bytes: Buffer): { readonly passed: Buffer; readonly fault?: Error };
  /** Returns the incomplete line at which the connection ended, or why it is no beginning of a response. */
  end(): { readonly rest: Buffer; readonly fault?: Error };
  expect(method: string): void;
  isBetween(): boolean;
}

/** The part of a response that the next line belongs to. */
type Part =
  | "status"
  | "headers"
  | "chunk"
  | "trailers"
  /** Everything until the connection ends is body, or another protocol. */
  | "rest";

function answerWatcher({ disguiseContinue }: LimitOptions): AnswerWatcher {
  let method = "";
  let part: Part = "status";
  /** The beginning of an incomplete line. */
  let held: Buffer[] = [];
  let heldBytes = 0;
  /** Remaining bytes of the body. */
  let left = 0;
  /** Bytes of the headers, of the trailers or of a chunk's line so far. */
  let size = 0;
  let lines = 0;
  let excess = 0;
  let status = 0;
  let encodings: string[] = [];
  let length: number | undefined;
  let isInterim = false;

  const begin = (next: Part): void => {
    part = next;
    isInterim = false;
    size = 0;
    lines = 0;
    excess = 0;
  };
  const checkSize = (bytes: number): void => {
    if (part === "chunk" && bytes > MAX_CHUNK_LINE) {
      throw new ConnectionError("header line too long");
    }
    if (part === "trailers" && bytes > MAX_TRAILER_BYTES) {
      throw new ConnectionError("http: suspiciously long trailer after chunked body");
    }
    if (bytes > MAX_HEADER_BYTES) {
      throw new ConnectionError(TOO_MANY_HEADERS);
    }
  };
  const onStatus = (line: string): void => {
    const fault = statusLineFault(line);
    if (fault !== undefined) {
      throw new ConnectionError(BROKEN + fault);
    }
    status = Number(/^HTTP\/\d\.\d +(\+?\d+)/.exec(line)?.[1] ?? 0);
    part = "headers";
    encodings = [];
    length = undefined;
  };
  const onHeader = (line: string): void => {
    if (++lines > MAX_HEADER_LINES) {
      throw new ConnectionError(TOO_MANY_HEADERS);
    }
    const value = line.slice(line.indexOf(":") + 1);
    if (line === "") {
      onBody();
    } else if (/^transfer-encoding[\t ]*:/i.test(line)) {
      encodings.push(value.trim());
    } else if (/^content-length[\t ]*:/i.test(line)) {
      length = Number(value);
    }
  };
  const onBody = (): void => {
    if (status === 101 || (method === "CONNECT" && status >= 200 && status < 300)) {
      begin("rest");
    } else if (status < 200) {
      // The headers of interim responses count towards those of the final one.
      part = "status";
      isInterim = true;
    } else if (method === "HEAD" || status === 204 || status === 304) {
      begin("status");
    } else if (encodings.length > 0) {
      checkEncodings(encodings);
      begin("chunk");
    } else {
      begin(length === undefined ? "rest" : "status");
      left = length ?? 0;
    }
  };
  const onChunk = (line: string): void => {
    if (!/^[\da-f]/i.test(line)) {
      throw new ConnectionError("invalid byte in chunk length");
    }
    if (/^[\da-f]{17}/i.test(line)) {
      throw new ConnectionError("http chunk length too large");
    }
    // It ends at the first character that is no digit; 0x would be more than digits.
    const data = /^0x/i.test(line) ? 0 : Number.parseInt(line, 16);
    const excessNow = Math.max(0, excess + size + 2 - 16 - 2 * data);
    if (excessNow > MAX_EXCESS) {
      throw new ConnectionError("chunked encoding contains too much non-data");
    }
    begin(data === 0 ? "trailers" : "chunk");
    excess = excessNow;
    left = data === 0 ? 0 : data + 2;
  };
  const onLine = (line: string): void => {
    switch (part) {
      case "status":
        return onStatus(line);
      case "headers":
        return onHeader(line);
      case "chunk":
        return onChunk(line);
      default:
        return line === "" ? begin("status") : undefined;
    }
  };
  const hold = (bytes: Buffer): void => {
    held.push(bytes);
    heldBytes += bytes.length;
    checkSize(size + heldBytes);
  };
  const takeHeld = (): Buffer => {
    const bytes = Buffer.concat(held);
    [held, heldBytes] = [[], 0];
    return bytes;
  };
  const end = (): ReturnType<AnswerWatcher["end"]> => {
    const rest = takeHeld();
    const fault = headFault(rest.toString("latin1"));
    return { rest, ...(fault !== undefined && { fault: new ConnectionError(BROKEN + fault) }) };
  };
  /** Returns what Go says when a connection ends within a head, after this much of a line; undefined elsewhere. */
  const headFault = (line: string): string | undefined => {
    if (part === "headers") {
      return line === "" || line.includes(":")
        ? "unexpected EOF"
        : `malformed MIME header: missing colon: ${goQuote(line)}`;
    }
    if (part !== "status" || (line === "" && !isInterim)) {
      return undefined;
    }
    return (line === "" ? undefined : statusLineFault(line)) ?? "unexpected EOF";
  };
  /** Reads one line, or the available part of a body, and returns where it ends; undefined for an incomplete line. */
  const step = (bytes: Buffer, at: number): number | undefined => {
    if (part === "rest") {
      return bytes.length;
    }
    if (left > 0) {
      const skipped = Math.min(left, bytes.length - at);
      left -= skipped;
      return at + skipped;
    }
    const stop = bytes.indexOf(LINE_FEED, at) + 1;
    if (stop === 0 && !(part === "status" && isNoHttp(bytes.toString("latin1", at, at + HTTP.length)))) {
      hold(bytes.subarray(at));
      return undefined;
    }
    size += (stop || bytes.length) - at;
    checkSize(size);
    if (stop === 0) {
      return bytes.length;
    }
    const line = withoutReturn(bytes.toString("latin1", at, stop - 1));
    if (disguiseContinue && part === "status" && /^HTTP\/\d\.\d 100/.test(line)) {
      bytes.write("102", at + "HTTP/1.1 ".length);
    }
    onLine(line);
    return stop;
  };
  return {
    expect: (next) => {
      method = next;
    },
    end,
    isBetween: () => part === "status" && !isInterim && left === 0 && heldBytes === 0,
    read: (come) => {
      let [bytes, at] = [come, 0];
      try {
        if (held.length > 0) {
          if (!come.includes(LINE_FEED)) {
            hold(come);
            return { passed: Buffer.alloc(0) };
          }
          bytes = Buffer.concat([takeHeld(), come]);
        }
        while (at < bytes.length) {
          const next = step(bytes, at);
          if (next === undefined) {
            return { passed: bytes.subarray(0, at) };
          }
          at = next;
        }
        return { passed: bytes };
      } catch (error) {
        return {
          passed: bytes.subarray(0, at),
          fault: error instanceof Error ? error : new Error(String(error)),
        };
      }
    },
  };
}

const LINE_FEED = 10;
const HTTP = "HTTP/";

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

/** Reports whether the bytes are not HTTP. Such bytes are passed on without waiting for a line: the parser refuses them. */
function isNoHttp(beginning: string): boolean {
  return !HTTP.startsWith(beginning);
}

/** Refuses unsupported transfer encodings. Go's `transferReader.parseTransferEncoding`. */
function checkEncodings(encodings: readonly string[]): void {
  const [only = ""] = encodings;
  if (encodings.length > 1) {
    throw new ConnectionError(`${BROKEN}too many transfer encodings: [${encodings.map(goQuote).join(" ")}]`);
  }
  if (only.toLowerCase() !== "chunked") {
    throw new ConnectionError(`${BROKEN}unsupported transfer encoding: ${goQuote(only)}`);
  }
}
