import { goQuote } from "../go/quote.ts";
import { ConnectionError, KcfgError } from "../errors.ts";
import { codeOf } from "../go/errno.ts";
import { connectionFault, isRefused as wasRefused } from "./go-words.ts";
import { TOO_MANY_HEADERS } from "./answer-limits.ts";
import { CLOSED } from "./pool.ts";

/**
 * What went wrong with a request, as Go's net/http tells it. The errors of the machinery are not passed on: they may
 * hold the request's headers. What does not come of the machinery stays as it is.
 *
 * @param server - `host:port` that the request was for
 */
export function requestFault(error: unknown, server: string): unknown {
  if (error instanceof ConnectionError) {
    const { message, isRefused, cause } = error;
    return new ConnectionError(message, { server, isRefused, cause });
  }
  return (codeOf(error) === "" && !isOfParser(error)) || error instanceof KcfgError
    ? error
    : new ConnectionError(wordsFor(error), {
        server,
        isRefused: wasRefused(error),
        cause: systemError(error),
      });
}

/** What went wrong while the body of an answer was read. */
export function bodyFault(error: unknown): ConnectionError {
  if (error instanceof ConnectionError) {
    return error;
  }
  const code = codeOf(error);
  if (code.startsWith("Z_")) {
    return new ConnectionError(code === "Z_BUF_ERROR" ? "unexpected EOF" : "gzip: invalid header");
  }
  const words = wordsFor(error);
  return new ConnectionError(words === "EOF" ? "unexpected EOF" : words, { cause: systemError(error) });
}

function wordsFor(error: unknown): string {
  const code = codeOf(error);
  if (code === "UND_ERR_HEADERS_OVERFLOW" || code === "HPE_HEADER_OVERFLOW") {
    return TOO_MANY_HEADERS;
  }
  if (isOfParser(error)) {
    return /chunk size/.test(error.message)
      ? "invalid byte in chunk length"
      : `net/http: HTTP/1.x transport connection broken: malformed HTTP response${firstLine(error)}`;
  }
  if (isHangUp(error)) {
    return "EOF";
  }
  if (code === "UND_ERR_DESTROYED" || code === "UND_ERR_CLOSED") {
    return CLOSED;
  }
  if (code === "UND_ERR_INVALID_ARG") {
    const header = /^invalid (\S+) header$/.exec(error instanceof Error ? error.message : "")?.[1];
    return header === undefined
      ? "net/http: invalid request"
      : `net/http: invalid header field value for ${goQuote(header)}`;
  }
  return connectionFault(error, {});
}

/** Whether the other side has ended the connection: Node's `http` has no code of its own for that. */
function isHangUp(error: unknown): boolean {
  return isObject(error) && codeOf(error) === "ECONNRESET" && !("syscall" in error);
}

/** Whether undici's parser of HTTP/1.1 took offence: its errors have no code, and the bytes of the server in them. */
export function isOfParser(error: unknown): error is Error {
  return (
    isObject(error) &&
    (codeOf(error).startsWith("HPE_") || ("name" in error && error.name === "HTTPParserError"))
  );
}

/** Errors of Node itself may be of another realm, where a program is run in one, as tests are: no `instanceof` finds them. */
function isObject(error: unknown): error is object {
  return typeof error === "object" && error !== null;
}

/** More of a line than this is not told. */
const MAX_LINE = 128;

/** What the server sent instead of HTTP: undici keeps it from where it took offence, which is its beginning then. */
function firstLine(error: Error): string {
  const { data, rawPacket }: { readonly data?: unknown; readonly rawPacket?: unknown } = error as object;
  // undici has the one, and Node's `http` the other.
  const sent = rawPacket instanceof Uint8Array ? Buffer.from(rawPacket).toString("latin1") : data;
  if (typeof sent !== "string" || sent === "" || !error.message.includes("Expected HTTP/")) {
    return "";
  }
  const line = (sent.split("\n", 1)[0] ?? "").replace(/\r$/, "");
  return ` ${goQuote(line.slice(0, MAX_LINE))}`;
}

/** An error of the operating system by its code alone. */
function systemError(error: unknown): Error | undefined {
  const code = codeOf(error);
  return /^E[A-Z]+$/.test(code) ? Object.assign(new Error(code), { code }) : undefined;
}
