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

/** The server that requests go to. */
export interface Endpoint {
  readonly secure: boolean;
  /** In the spelling of the configuration, with the port if one is given. */
  readonly host: string;
  /** Without port and brackets, as it is resolved: a name in a non-Latin script is `xn--…`. */
  readonly hostname: string;
  readonly port: number;
  /** Credentials in the URL itself, which take precedence over all others. */
  readonly user: GoUrl["user"];
  /** The prefix of the path of every request: a byte string without escapes that ends with a slash. */
  readonly prefix: string;
  /** The path of the server as written; `""` where it equals the default escaping. */
  readonly rawPrefix: string;
}

const MAX_PORT = 65_535;

/**
 * Returns the server of a rest config.
 *
 * @throws ConnectionError for an invalid server, in the words of client-go and Go's net/http
 */
export function endpointOf(config: Pick<RestConfig, "host" | "tls">): Endpoint {
  const url = serverUrl(config);
  // Go removes the colon of an empty port.
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

/** Splits `host:port` or `[::1]:port`; the port is `""` if there is none. Go's `URL.Hostname` and `URL.Port`. */
export function splitHost(host: string): { readonly hostname: string; readonly port: string } {
  const { name, port } = /^(?<name>.*?)(?::(?<port>\d*))?$/s.exec(host)?.groups ?? {};
  const hostname = (name ?? host).replace(/^\[(.*)\]$/s, "$1");
  return { hostname, port: port ?? "" };
}

/**
 * Returns the request target of a path on the server, with the server's prefix. client-go's `Request.RequestURI`: the
 * path is unescaped and cleaned (`//`, `.` and `..` are removed, `%2F` becomes a slash), a trailing slash is kept, the
 * query is sorted, and a host is ignored.
 *
 * @param path - such as `/api/v1/pods?limit=5`
 * @param timeout - milliseconds that the server receives as `timeout`; 0 for none
 * @throws ConnectionError in Go's words: `invalid URL escape "%zz"`
 */
export function requestTarget(endpoint: Endpoint, path: string, timeout: number): string {
  const url = parsePath(path, endpoint.host);
  const query = new Map(parseGoQuery(url.rawQuery));
  if (timeout !== 0 && timeout !== Infinity) {
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
  // An absolute path is cleaned first, so that its dots cannot leave the prefix.
  const joined = clean(path === "" ? prefix : `${prefix}/${clean(path)}`);
  // As in client-go, which adds the slash even to a path that was cleaned to `/`, if there is a prefix.
  const keepsSlash = path.endsWith("/") && (prefix.length > 1 || path.length > 1);
  return keepsSlash ? `${joined}/` : joined;
}

/** Cleans a path. Go's `path.Clean`. */
function clean(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}

/** Escapes a path; keeps the server's own path as written if nothing was added to it. Go's `URL.EscapedPath`. */
function escapePath(path: string, written: string): string {
  return written !== "" && isEscaped(written, "path") && unescapeUrlPart(written, "path") === path
    ? written
    : escapeUrlPart(path, "path");
}

/** The parameters of a query: names to values, both byte strings. */
type GoQuery = ReadonlyMap<string, readonly string[]>;

/** Parses a query; skips parameters with bad escapes or a semicolon, as Go does. Go's `URL.Query`. */
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

/** Encodes a query, sorted by name. Go's `Values.Encode`. */
function encodeGoQuery(query: GoQuery): string {
  return [...query]
    .toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
    .flatMap(([name, values]) => values.map((value) => `${escapeQuery(name)}=${escapeQuery(value)}`))
    .join("&");
}

/** Unescapes a part of a query, where `+` is a space. */
function unescapeQuery(text: string): string {
  return unescapeUrlPart(text.replaceAll("+", " "), "path");
}

function escapeQuery(bytes: string): string {
  return bytes.replaceAll(/[^A-Za-z0-9\-_.~]/g, (byte) =>
    byte === " " ? "+" : `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
