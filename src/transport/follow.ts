import { goQuote } from "../go/quote.ts";
import { ConnectionError } from "../errors.ts";
import type { HeaderLine } from "./headers.ts";

/** A request that can be sent, and sent again. */
export interface Outgoing {
  readonly method: string;
  /** `http://host:port` or `https://host:port`, in WHATWG's spelling. */
  readonly origin: string;
  /** The value of `Host`. */
  readonly host: string;
  /** The request target. */
  readonly path: string;
  readonly headers: readonly HeaderLine[];
  /** A stream can be sent only once. */
  readonly body: Uint8Array | ReadableStream<Uint8Array> | null;
}

/** The limit of requests in a chain of redirects; that of Go's `http.Client`. */
export const MAX_REQUESTS = 10;

/**
 * Returns the request that a redirect asks for, by the rules of Go's `http.Client`; undefined if the response is not a
 * redirect, or cannot be followed. Does not decide about the server's credentials: the caller must check whether the
 * origin is still that of the server.
 *
 * @throws ConnectionError for a location that is not an HTTP URL
 */
export function followRedirect(
  request: Outgoing,
  status: number,
  location: string | undefined,
  server: string,
): Outgoing | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || location === "") {
    return undefined;
  }
  const keepsMethod = status === 307 || status === 308;
  if (keepsMethod && request.body !== null && !(request.body instanceof Uint8Array)) {
    return undefined;
  }
  const from = new URL(`${request.origin}${request.path}`);
  if (!URL.canParse(location, from.href)) {
    throw new ConnectionError(`failed to parse Location header ${goQuote(location)}`, { server });
  }
  const to = new URL(location, from);
  if (to.protocol !== "http:" && to.protocol !== "https:") {
    throw new ConnectionError(`unsupported protocol scheme ${goQuote(to.protocol.slice(0, -1))}`, {
      server,
    });
  }
  const isSameOrigin = to.origin === request.origin;
  const method = keepsMethod || request.method === "HEAD" ? request.method : "GET";
  return {
    method,
    origin: to.origin,
    host: isSameOrigin ? request.host : to.host,
    path: `${to.pathname}${to.search}`,
    headers: redirectedHeaders(request.headers, from, to, keepsMethod, isSameOrigin),
    body: keepsMethod ? request.body : null,
  };
}

function redirectedHeaders(
  headers: readonly HeaderLine[],
  from: URL,
  to: URL,
  keepsBody: boolean,
  isSameOrigin: boolean,
): readonly HeaderLine[] {
  const dropped = new Set([
    "referer",
    ...(keepsBody ? [] : ["content-type", "content-length", "content-encoding", "content-language"]),
    ...(isSameOrigin ? [] : ["authorization", "cookie", "cookie2", "www-authenticate"]),
  ]);
  const isReferring = from.protocol === "http:" || to.protocol === "https:";
  return [
    ...headers.filter(
      ([name]) =>
        !dropped.has(name.toLowerCase()) && (isSameOrigin || !name.toLowerCase().startsWith("impersonate-")),
    ),
    ...(isReferring ? [["Referer", from.href] as const] : []),
  ];
}
