import { INSPECT, REDACTED } from "../api/redaction.ts";
import type { RestConfig } from "../api/rest-config.ts";
import { lookupName } from "../go/idna.ts";
import { textOfBytes } from "../go/url-escape.ts";
import type { GoUrl } from "../go/url.ts";
import { parseGoUrlIfValid } from "../go/url.ts";
import { parseProxyUrl } from "../clientcmd/proxy-url.ts";
import { ConnectionError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { Endpoint } from "./endpoint.ts";
import { splitHost } from "./endpoint.ts";
import { isDirect } from "./no-proxy.ts";

const DEFAULT_PORTS: Readonly<Record<Proxy["kind"], number>> = { http: 80, https: 443, socks5: 1080 };

/** A proxy for all requests. Inspecting it shows neither user nor password. */
export class Proxy {
  readonly kind: "http" | "https" | "socks5";
  readonly hostname: string;
  readonly port: number;
  readonly #user: { readonly name: string; readonly password: string } | undefined;

  constructor(kind: Proxy["kind"], url: GoUrl) {
    const { hostname, port } = splitHost(textOfBytes(url.host));
    this.kind = kind;
    this.hostname = lookupName(hostname);
    this.port = port === "" ? DEFAULT_PORTS[kind] : Number(port);
    this.#user =
      url.user === undefined
        ? undefined
        : { name: textOfBytes(url.user.name), password: textOfBytes(url.user.password ?? "") };
  }

  /** Returns the user and password of the proxy; undefined if its URL has none. Secret. */
  user(): { readonly name: string; readonly password: string } | undefined {
    return this.#user;
  }

  /** Returns the value of `Proxy-Authorization`; undefined for none. Secret. */
  authorization(): string | undefined {
    return this.#user === undefined
      ? undefined
      : `Basic ${Buffer.from(`${this.#user.name}:${this.#user.password}`).toString("base64")}`;
  }

  toJSON(): object {
    const { kind, hostname, port } = this;
    return { kind, hostname, port, ...(this.#user && { user: REDACTED }) };
  }

  [INSPECT](): object {
    return this.toJSON();
  }
}

/**
 * Returns the proxy for a server: the one of the configuration, which is used for every host, or that of `HTTPS_PROXY`,
 * `HTTP_PROXY` and `NO_PROXY` (in lower case if the upper-case ones are empty). Go's `ProxyFromEnvironment`.
 *
 * @throws InvalidConfigurationError for a `proxyUrl` that client-go refuses
 * @throws ConnectionError as in Go, which refuses `HTTP_PROXY` in a CGI program
 */
export function proxyFor(
  host: Pick<Host, "env">,
  { proxyUrl }: Pick<RestConfig, "proxyUrl">,
  endpoint: Endpoint,
): Proxy | undefined {
  if (proxyUrl !== "") {
    const url = parseProxyUrl(proxyUrl);
    return new Proxy(kindOf(url.scheme) ?? "http", url);
  }
  const { env } = host;
  const [upper, lower] = endpoint.secure ? ["HTTPS_PROXY", "https_proxy"] : ["HTTP_PROXY", "http_proxy"];
  const url = parseFromEnvironment(env[upper] || env[lower] || "");
  if (url === undefined) {
    return undefined;
  }
  if (!endpoint.secure && (env["REQUEST_METHOD"] ?? "") !== "") {
    throw new ConnectionError(
      "refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy",
      { server: endpoint.host },
    );
  }
  const noProxy = env["NO_PROXY"] || env["no_proxy"] || "";
  return isDirect(noProxy, endpoint.hostname, endpoint.port)
    ? undefined
    : new Proxy(kindOf(url.scheme) ?? "http", url);
}

/**
 * Parses a proxy of the environment. A value that is not a URL with a scheme and a host is taken as the host of an HTTP
 * proxy, and ignored if it is still not a URL. A proxy with an unknown scheme is used as an HTTP proxy, as in Go.
 */
function parseFromEnvironment(text: string): GoUrl | undefined {
  if (text === "") {
    return undefined;
  }
  const url = parseGoUrlIfValid(text);
  return url === undefined || url.scheme === "" || url.host === ""
    ? (parseGoUrlIfValid(`http://${text}`) ?? url)
    : url;
}

/** Returns the kind of a proxy. `socks5h` equals `socks5`, since Go never resolves the name itself. */
function kindOf(scheme: string): Proxy["kind"] | undefined {
  switch (scheme) {
    case "http":
    case "https":
    case "socks5":
      return scheme;
    case "socks5h":
      return "socks5";
    default:
      return undefined;
  }
}
