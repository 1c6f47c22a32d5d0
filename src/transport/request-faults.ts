import { goQuote } from "../go/quote.ts";
import { statusLineFault } from "./status-line.ts";
import { ConnectionError, KcfgError } from "../errors.ts";
import { codeOf } from "../go/errno.ts";
import { connectionFault, isRefused as wasRefused } from "./go-words.ts";
import { TOO_MANY_HEADERS } from "./answer-limits.ts";
import { CLOSED } from "./pool.ts";

/**
 * Returns the fault of a request in the words of Go's net/http. Errors of undici and Node are replaced: they may hold the
 * request's headers. Other errors are returned unchanged.
 *
 * @param server - `host:port` of the request
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

/** Returns the fault of reading a response's body, in Go's words. */
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
      : `net/http: HTTP/1.x transport connection broken: ${statusFault(error)}`;
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

/** Reports whether the peer closed the connection: Node's `http` has no separate code for that. */
function isHangUp(error: unknown): boolean {
  return isObject(error) && codeOf(error) === "ECONNRESET" && !("syscall" in error);
}

/** Reports whether an error is one of undici's HTTP/1.1 parser: those have no code, and contain bytes of the server. */
export function isOfParser(error: unknown): error is Error {
  return (
    isObject(error) &&
    (codeOf(error).startsWith("HPE_") || ("name" in error && error.name === "HTTPParserError"))
  );
}

/** Reports whether an error is an object. Node's errors may be of another realm, as in tests: `instanceof` fails for them. */
function isObject(error: unknown): error is object {
  return typeof error === "object" && error !== null;
}

/** Returns what is wrong with the line that the server sent instead of HTTP, of which undici keeps the bytes. */
function statusFault(error: Error): string {
  const { data, rawPacket }: { readonly data?: unknown; readonly rawPacket?: unknown } = error as object;
  // undici sets `data`, and Node's `http` sets `rawPacket`.
  const sent = rawPacket instanceof Uint8Array ? Buffer.from(rawPacket).toString("latin1") : data;
  const isFirst = typeof sent === "string" && sent !== "" && error.message.includes("Expected HTTP/");
  const line = isFirst ? (sent.split("\n", 1)[0] ?? "").replace(/\r$/, "") : "";
  return (isFirst ? statusLineFault(line) : undefined) ?? "malformed HTTP response";
}

/** Returns an error of the operating system with its code alone. */
function systemError(error: unknown): Error | undefined {
  const code = codeOf(error);
  return /^E[A-Z]+$/.test(code) ? Object.assign(new Error(code), { code }) : undefined;
}
