import { posix } from "node:path";
import type { RestConfig } from "../api/rest-config.ts";
import { escapeUrlPart, GoUrlError, isEscaped, textOfBytes, unescapeUrlPart } from "../go/url-escape.ts";
import type { GoUrl } from "../go/url.ts";
import { parseGoUrl } from "../go/url.ts";
import { serverUrl } from "../clientcmd/server-url.ts";
import { lookupName } from "../go/idna.ts";
import { goQuote } from "../go/quote.ts";
import { ConnectionError } from "../errors.ts";
import { formatGoDuration } from "../go/duration.ts";

/** Where requests go. */
export interface Endpoint {
  readonly secure: boolean;
  /** In the spelling of the configuration, with the port if one is given. */
  readonly host: string;
  /** Without port and brackets, as it is looked up: a name in another script than Latin is `xn--…`. */
  readonly hostname: string;
  readonly port: number;
  /** Credentials in the URL itself, which go before all others. */
  readonly user: GoUrl["user"];
  /** What comes before the path of every request: a byte string without escapes that ends with a slash. */
  readonly prefix: string;
  /** The path of the server as it was written; `""` where that is how it would be escaped. */
  readonly rawPrefix: string;
}

const MAX_PORT = 65_535;

/**
 * The server of a rest config.
 *
 * @throws ConnectionError for what cannot be one, in the words of client-go and Go's net/http
 */
export function endpointOf(config: Pick<RestConfig, "host" | "tls">): Endpoint {
  const url = serverUrl(config);
  // Go takes the colon of a port that is not there away.
  const host = textOfBytes(url.host).replace(/:$/, "");
  if (url.scheme !== "http" && url.scheme !== "https") {
    throw new ConnectionError(`unsupported protocol scheme ${goQuote(url.scheme)}`, { server: host });
  }
  if (host === "") {
    throw new ConnectionError("http: no Host in request URL", { server: host });
  }
  const { hostname, port } = splitHost(host);
  if (Number(port) > MAX_PORT) {
    throw new ConnectionError(`dial tcp: address ${port}: invalid port`, { server: host });
  }
  const secure = url.scheme === "https";
  return {
    secure,
    host,
    hostname: lookupName(hostname),
    port: port === "" ? (secure ? 443 : 80) : Number(port),
    user: url.user,
    prefix: url.path.endsWith("/") ? url.path : `${url.path}/`,
    rawPrefix: url.rawPath,
  };
}

/** Takes `host:port` or `[::1]:port` apart; the port is `""` if there is none. Go's `URL.Hostname` and `URL.Port`. */
export function splitHost(host: string): { readonly hostname: string; readonly port: string } {
  const { name, port } = /^(?<name>.*?)(?::(?<port>\d*))?$/s.exec(host)?.groups ?? {};
  const hostname = (name ?? host).replace(/^\[(.*)\]$/s, "$1");
  return { hostname, port: port ?? "" };
}

/**
 * The request target of a path on the server, with the server's prefix. client-go's `Request.RequestURI`: the path is
 * unescaped and cleaned (`//`, `.` and `..` go, `%2F` becomes a slash), a slash at its end is kept, its query is sorted,
 * and a host in it is ignored.
 *
 * @param path - such as `/api/v1/pods?limit=5`
 * @param timeout - milliseconds to tell the server of as `timeout`; 0 for none
 * @throws ConnectionError in Go's words: `invalid URL escape "%zz"`
 */
export function requestTarget(endpoint: Endpoint, path: string, timeout: number): string {
  const url = parsePath(path, endpoint.host);
  const query = new Map(parseGoQuery(url.rawQuery));
  if (timeout !== 0) {
    query.set("timeout", [formatGoDuration(timeout)]);
  }
  const encoded = encodeGoQuery(query);
  const joined = joinPath(endpoint.prefix, url.path);
  return `${escapePath(joined, endpoint.rawPrefix)}${encoded === "" ? "" : `?${encoded}`}`;
}

function parsePath(path: string, server: string): GoUrl {
  try {
    return parseGoUrl(path);
  } catch (error) {
    if (error instanceof GoUrlError) {
      throw new ConnectionError(error.message, { server });
    }
    throw error;
  }
}

function joinPath(prefix: string, path: string): string {
  // Cleaned by itself first, an absolute path does not leave the prefix, whatever dots it has.
  const joined = clean(path === "" ? prefix : `${prefix}/${clean(path)}`);
  // As client-go, which adds the slash even to a path that has been cleaned to `/`, if there is a prefix.
  const keepsSlash = path.endsWith("/") && (prefix.length > 1 || path.length > 1);
  return keepsSlash ? `${joined}/` : joined;
}

/** Go's `path.Clean`. */
function clean(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}

/** Go's `URL.EscapedPath`: the way in which the server's own path was written is kept if nothing was added to it. */
function escapePath(path: string, written: string): string {
  return written !== "" && isEscaped(written, "path") && unescapeUrlPart(written, "path") === path
    ? written
    : escapeUrlPart(path, "path");
}

/** The parameters of a query: names to values, both byte strings. */
type GoQuery = ReadonlyMap<string, readonly string[]>;

/** Reads a query, without what Go cannot read of it: bad escapes, and settings with a semicolon. Go's `URL.Query`. */
function parseGoQuery(rawQuery: string): GoQuery {
  const query = new Map<string, string[]>();
  for (const setting of rawQuery.split("&")) {
    if (setting === "" || setting.includes(";")) {
      continue;
    }
    const equals = setting.indexOf("=");
    try {
      const name = unescapeQuery(equals === -1 ? setting : setting.slice(0, equals));
      const value = equals === -1 ? "" : unescapeQuery(setting.slice(equals + 1));
      query.set(name, [...(query.get(name) ?? []), value]);
    } catch (error) {
      if (!(error instanceof GoUrlError)) {
        throw error;
      }
    }
  }
  return query;
}

/** Writes a query, sorted by name. Go's `Values.Encode`. */
function encodeGoQuery(query: GoQuery): string {
  return [...query]
    .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .flatMap(([name, values]) => values.map((value) => `${escapeQuery(name)}=${escapeQuery(value)}`))
    .join("&");
}

/** A query has the escapes of any other part of a URL, and `+` for a space. */
function unescapeQuery(text: string): string {
  return unescapeUrlPart(text.replaceAll("+", " "), "path");
}

function escapeQuery(bytes: string): string {
  return bytes.replaceAll(/[^A-Za-z0-9\-_.~]/g, (byte) =>
    byte === " " ? "+" : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
