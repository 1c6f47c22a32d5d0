import { requireIpv6 } from "./ip-address.ts";
import {
  bytesOfText,
  escapeUrlPart,
  GoUrlError,
  isEscaped,
  quoteBytes,
  textOfBytes,
  unescapeUrlPart,
} from "./url-escape.ts";

/** A URL as Go's `net/url` has it: `url.URL`. Its fields are byte strings; {@link formatGoUrl} formats it. */
export interface GoUrl {
  /** In lower case; `""` if there is none. */
  readonly scheme: string;
  /** What follows the scheme if that is no slash: `b` of `a:b`. */
  readonly opaque: string;
  /** User name and, if there is a colon, password. Secret. */
  readonly user: { readonly name: string; readonly password: string | undefined } | undefined;
  /** `host` or `host:port`, an IPv6 address in brackets. */
  readonly host: string;
  /** Unescaped. */
  readonly path: string;
  /** The path as it was written, where that is not how it would be escaped. */
  readonly rawPath: string;
  /** Whether there are a scheme and a path, but no authority between them. */
  readonly omitHost: boolean;
  /** Whether there is a question mark with nothing behind it. */
  readonly forceQuery: boolean;
  readonly rawQuery: string;
  /** As it was written. */
  readonly rawFragment: string;
}

const EMPTY: GoUrl = {
  scheme: "",
  opaque: "",
  user: undefined,
  host: "",
  path: "",
  rawPath: "",
  omitHost: false,
  forceQuery: false,
  rawQuery: "",
  rawFragment: "",
};

/**
 * Parses a URL as `url.Parse` of Go 1.26: accepts relative references, and much that WHATWG URLs do not.
 *
 * @throws GoUrlError in Go's words, without the URL itself, which may hold a password
 */
export function parseGoUrl(text: string): GoUrl {
  const bytes = bytesOfText(text);
  const hash = bytes.indexOf("#");
  if (hash < 0) {
    return parse(bytes, false);
  }
  const url = parse(bytes.slice(0, hash), false);
  const rawFragment = bytes.slice(hash + 1);
  unescapeUrlPart(rawFragment, "fragment");
  return { ...url, rawFragment };
}

/** Calls {@link parseGoUrl}; undefined for a string that Go refuses. */
export function parseGoUrlIfValid(text: string): GoUrl | undefined {
  try {
    return parseGoUrl(text);
  } catch (error) {
    if (error instanceof GoUrlError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Parses an absolute URL or an absolute path. A `#` is a character of the path like others. Go's `url.ParseRequestURI`.
 *
 * @throws GoUrlError as {@link parseGoUrl}
 */
export function parseGoRequestUri(text: string): GoUrl {
  return parse(bytesOfText(text), true);
}

/** Formats a URL. A fragment is written as it was. Go's `URL.String`. */
export function formatGoUrl(url: GoUrl): string {
  const { scheme, opaque, forceQuery, rawQuery, rawFragment } = url;
  const head = scheme === "" ? "" : `${scheme}:`;
  const query = forceQuery || rawQuery !== "" ? `?${rawQuery}` : "";
  const fragment = rawFragment === "" ? "" : `#${rawFragment}`;
  return textOfBytes(head + (opaque || formatAuthorityAndPath(url, head)) + query + fragment);
}

function formatAuthorityAndPath(url: GoUrl, head: string): string {
  const { scheme, user, host, omitHost } = url;
  const path = escapedPath(url);
  const hasAuthority = host !== "" || user !== undefined;
  const authority =
    hasAuthority || (scheme !== "" && !omitHost && path !== "")
      ? `//${user === undefined ? "" : `${formatUser(user)}@`}${escapeUrlPart(host, "host")}`
      : "";
  if (path !== "" && !path.startsWith("/") && host !== "") {
    return `${authority}/${path}`;
  }
  // A colon in the first segment would read as a scheme.
  const isMistakable = head + authority === "" && /^[^/]*:/.test(path);
  return authority + (isMistakable ? `./${path}` : path);
}

function formatUser({ name, password }: NonNullable<GoUrl["user"]>): string {
  const userName = escapeUrlPart(name, "userPassword");
  return password === undefined ? userName : `${userName}:${escapeUrlPart(password, "userPassword")}`;
}

function escapedPath({ path, rawPath }: GoUrl): string {
  if (rawPath !== "" && isEscaped(rawPath, "path")) {
    return rawPath;
  }
  return path === "*" ? "*" : escapeUrlPart(path, "path");
}

function parse(bytes: string, viaRequest: boolean): GoUrl {
  if (/[^ -~\u0080-\u00ff]/.test(bytes)) {
    throw new GoUrlError("net/url: invalid control character in URL");
  }
  if (bytes === "" && viaRequest) {
    throw new GoUrlError("empty url");
  }
  if (bytes === "*") {
    return { ...EMPTY, path: "*" };
  }
  const { scheme, rest: afterScheme } = splitScheme(bytes);
  const { rest, rawQuery, forceQuery } = splitQuery(afterScheme);
  const start = { ...EMPTY, scheme, rawQuery, forceQuery };
  if (!rest.startsWith("/")) {
    if (scheme !== "") {
      return { ...start, opaque: rest };
    }
    if (viaRequest) {
      throw new GoUrlError("invalid URI for request");
    }
    if (/^[^/]*:/.test(rest)) {
      throw new GoUrlError("first path segment in URL cannot contain colon");
    }
  }
  if (rest.startsWith("//") && (scheme !== "" || (!viaRequest && !rest.startsWith("///")))) {
    const slash = rest.indexOf("/", 2);
    const end = slash < 0 ? rest.length : slash;
    return { ...start, ...parseAuthority(rest.slice(2, end)), ...parsePath(rest.slice(end)) };
  }
  return { ...start, ...parsePath(rest), omitHost: scheme !== "" && rest.startsWith("/") };
}

/** Splits off the scheme: the part before the first colon, if it can only be a scheme. */
function splitScheme(bytes: string): { readonly scheme: string; readonly rest: string } {
  if (bytes.startsWith(":")) {
    throw new GoUrlError("missing protocol scheme");
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(bytes)?.[1];
  return scheme === undefined
    ? { scheme: "", rest: bytes }
    : { scheme: scheme.toLowerCase(), rest: bytes.slice(scheme.length + 1) };
}

function splitQuery(bytes: string): Pick<GoUrl, "rawQuery" | "forceQuery"> & { readonly rest: string } {
  const mark = bytes.indexOf("?");
  if (mark < 0) {
    return { rest: bytes, rawQuery: "", forceQuery: false };
  }
  return {
    rest: bytes.slice(0, mark),
    rawQuery: bytes.slice(mark + 1),
    forceQuery: mark === bytes.length - 1,
  };
}

function parsePath(bytes: string): Pick<GoUrl, "path" | "rawPath"> {
  const path = unescapeUrlPart(bytes, "path");
  return { path, rawPath: escapeUrlPart(path, "path") === bytes ? "" : bytes };
}

function parseAuthority(authority: string): Pick<GoUrl, "user" | "host"> {
  const at = authority.lastIndexOf("@");
  const host = parseHost(authority.slice(at + 1));
  if (at < 0) {
    return { user: undefined, host };
  }
  const userInfo = authority.slice(0, at);
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(userInfo)) {
    throw new GoUrlError("net/url: invalid userinfo");
  }
  const colon = userInfo.indexOf(":");
  return {
    user: {
      name: unescapeUser(colon < 0 ? userInfo : userInfo.slice(0, colon)),
      password: colon < 0 ? undefined : unescapeUser(userInfo.slice(colon + 1)),
    },
    host,
  };
}

/** Unescapes a user name or password. Go quotes an invalid escape; here it may be part of a password. */
function unescapeUser(text: string): string {
  try {
    return unescapeUrlPart(text, "userPassword");
  } catch {
    throw new GoUrlError("invalid URL escape in userinfo");
  }
}

function parseHost(host: string): string {
  const bracket = host.lastIndexOf("[");
  if (bracket > 0) {
    throw new GoUrlError("invalid IP-literal");
  }
  if (bracket === 0) {
    return parseBracketedHost(host);
  }
  const colon = host.indexOf(":");
  if (colon >= 0) {
    requirePort(host.slice(colon));
  }
  return unescapeUrlPart(host, "host");
}

function parseBracketedHost(host: string): string {
  const end = host.lastIndexOf("]");
  if (end < 0) {
    throw new GoUrlError("missing ']' in host");
  }
  const port = host.slice(end + 1);
  requirePort(port);
  const inside = host.slice(1, end);
  // An escaped percent sign begins the zone of an IPv6 address, which may escape more.
  const zone = inside.indexOf("%25");
  const address =
    zone < 0
      ? unescapeUrlPart(inside, "host")
      : unescapeUrlPart(inside.slice(0, zone), "host") + unescapeUrlPart(inside.slice(zone), "zone");
  requireIpv6(address);
  return `[${address}]${port}`;
}

function requirePort(text: string): void {
  if (!/^(:\d*)?$/.test(text)) {
    throw new GoUrlError(`invalid port ${quoteBytes(text)} after host`);
  }
}
