import type { Agent } from "node:http";
import type { PeerCertificate } from "node:tls";
import type { Dispatcher } from "undici";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import { INSPECT, REDACTED, withCustomInspect } from "../api/redaction.ts";
import type { RestConfig } from "../api/rest-config.ts";
import { escapeUrlPart } from "../go/url-escape.ts";
import { ConnectionError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { policyInForce } from "../loading/own-kuberc.ts";
import { hasClientCertificate } from "./client-certificate.ts";
import { startDeadline } from "./deadline.ts";
import { connectionDispatcher } from "./dispatcher.ts";
import type { Endpoint } from "./endpoint.ts";
import { endpointOf } from "./endpoint.ts";
import type { FetchContext } from "./fetch.ts";
import { fetchPath } from "./fetch.ts";
import type { Identity } from "./identity.ts";
import { identitySource } from "./identity-source.ts";
import type { PersistAuthProvider } from "./oidc-token.ts";
import type { Sender } from "./sender.ts";
import { createSender } from "./sender.ts";
import { SocketAgent } from "./socket-agent.ts";
import type { Trace } from "./trace.ts";
import { sentName } from "./tls-connect.ts";
import { contextOptions } from "./tls-settings.ts";
import { nameFault, readShown } from "./verify-server.ts";
import type { OnWarning } from "./warning-headers.ts";

/** Options of {@link connect}. */
export interface ConnectOptions {
  /** Which credential plugins may run. Default: the policy of the user's kuberc, as in kubectl. */
  readonly pluginPolicy?: PluginPolicy | undefined;
  /** The value of `--kuberc`; `""` for none. Ignored if there is a `pluginPolicy`. */
  readonly kuberc?: string | undefined;
  /**
   * What plugins must meet in addition to the policy: a file of plugin requirements. Default: the one that
   * KCFG_PLUGIN_REQUIREMENTS names, else `~/.kube/plugin-requirements.yaml` if there is one.
   */
  readonly pluginRequirements?: string | undefined;
  /**
   * Saves renewed tokens of an `oidc` auth-provider in the kubeconfig that they came from. Without it tokens are not
   * renewed, and a request fails once the token has expired.
   */
  readonly persistAuthProvider?: PersistAuthProvider | undefined;
  /**
   * Receives the standard error of plugins as it arrives: for people, and unescaped. The error of a failed plugin then
   * contains the end of it, escaped. Default: the standard error of this process, as in kubectl.
   */
  readonly onPluginStderr?: ((text: string) => void) | undefined;
  /** How long a run of a plugin may take, in milliseconds, before it is killed; default: 0, for no limit, as in kubectl. */
  readonly pluginTimeout?: number | undefined;
  /**
   * Receives the warnings that kubectl prints on standard error: faults of the kuberc, and a plugin that failed to return
   * other credentials after a 401 (`refreshing credentials: exec: …`). No warning contains a secret.
   */
  readonly warn?: ((warning: string) => void) | undefined;
  /**
   * Receives each request and its response, however it is sent, and for each new connection how long opening it took: for
   * logs. It receives no credentials. It must not throw.
   */
  readonly trace?: Trace | undefined;
  /**
   * Receives each warning that a server sends with a response, however the request was sent: mostly deprecated API
   * versions. client-go's `WarningHandler`. Default: ignored. kubectl prints the text of those with code 299, each once.
   */
  readonly onWarning?: OnWarning | undefined;
  /**
   * The maximum number of connections to the server, those of watches and other streams included; a request waits until
   * one is free. `fetch` and `dispatcher()` share them; the agent of `httpsOptions()` has the same limit for its own. Go's
   * `MaxConnsPerHost`. Default: 250; 0 for no limit.
   */
  readonly maxConnections?: number | undefined;
  /**
   * Whether a 401 makes the next request read the token file again, for tokens that are replaced before they expire.
   * Default: false; as in client-go, a file is read again after 50 seconds.
   */
  readonly rereadTokenFile?: boolean | undefined;
}

/**
 * Options for Node's `https.request`, `tls.connect` and the WebSockets of `ws`.
 *
 * Inspecting or stringifying them shows `REDACTED` for each secret; a copy of them hides nothing.
 */
export interface HttpsOptions {
  /** Opens connections through the proxy, if any, with all TLS settings. */
  readonly agent: Agent;
  /** The headers that authenticate the request. Secret. */
  readonly headers: Record<string, string | string[]>;
  /** PEM authorities; missing for those that Node ships. */
  readonly ca?: string[];
  /** PEM client certificate. */
  readonly cert?: string;
  /** PEM key of the client certificate. Secret. */
  readonly key?: string;
  /** `""` for an IP address, which is not sent. */
  readonly servername: string;
  /** Whether the server's certificate is verified. */
  readonly rejectUnauthorized: boolean;
  /** Checks the name in the server's certificate as Go does. */
  readonly checkServerIdentity: (hostname: string, certificate: PeerCertificate) => Error | undefined;
  /** The minimum TLS version: Go's default. */
  readonly minVersion: "TLSv1.2";
  /** The cipher suites that Go offers: none with RSA key exchange. */
  readonly ciphers: string;
  /** Whether an authority need not be a root, as in Go. */
  readonly allowPartialTrustChain: boolean;
}

/** An undici dispatcher that Node's own `fetch` accepts too, by the types of any `@types/node`. */
export type ConnectionDispatcher = Dispatcher &
  (RequestInit extends { readonly dispatcher?: infer NodeDispatcher }
    ? NonNullable<NodeDispatcher>
    : unknown);

/**
 * A client of one API server. It keeps connections open between requests, and runs no plugin before the first request.
 *
 * Inspecting or stringifying it shows only the server.
 */
export interface Connection {
  /** The server, without credentials: `https://host:6443/prefix`. */
  readonly server: string;
  /**
   * Sends a request as kubectl would, and returns a WHATWG `Response`. It can replace the global `fetch` where a library
   * accepts one: `const { fetch } = connection` works.
   *
   * @param input - a path relative to the server, with the query: `/api/v1/pods?limit=5`; or a URL or `Request` for the
   *   server itself, whose path is sent as written. The body of a `Request` is read before it is sent
   * @param init - as for the global `fetch`. These headers take precedence over those of the configuration
   * @throws ConnectionError in Go's words, with `server` set; a response such as 404 is not an error. Also for a URL of
   *   another origin, which the error names: nothing is sent then
   * @throws the signal's reason when it is aborted
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Returns an undici dispatcher for other clients: Node's own `fetch(url, { dispatcher })`, undici's, or those built on
   * them. Always the same object.
   */
  dispatcher(): ConnectionDispatcher;
  /**
   * Returns the headers that authenticate one request. They hold credentials, which expire: call it for every request.
   *
   * @throws ConnectionError as `fetch`
   */
  headers(signal?: AbortSignal): Promise<Headers>;
  /**
   * Returns options for WebSockets and Node's `https`, for one request: they hold credentials, which expire.
   *
   * @throws ConnectionError as `fetch`
   */
  httpsOptions(signal?: AbortSignal): Promise<HttpsOptions>;
  /** Forces the next request to get new credentials, from the plugin or the token file. Open connections stay open. */
  invalidate(): Promise<void>;
  /** Ends pending requests and closes all connections. A process can exit without it once no request is pending. */
  close(): Promise<void>;
  /** Does what `close` does, at the end of a block with `await using connection = connect(…)`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Creates a client for a server, as the library's `connect` does. */
export function connect(host: Host, config: RestConfig, options: ConnectOptions = {}): Connection {
  return new OpenConnection(connectionParts(host, config, options));
}

/** Makes the parts of a connection. Reads files, but sends nothing and runs no plugin yet. */
export function connectionParts(host: Host, config: RestConfig, options: ConnectOptions): FetchContext {
  const { tls } = config;
  const endpoint = endpointOf(config);
  if (tls.insecure && (tls.caFile !== "" || (tls.caData !== undefined && tls.caData.length > 0))) {
    throw new ConnectionError("specifying a root certificates file with the insecure flag is not allowed");
  }
  const warn = options.warn ?? (() => undefined);
  const identities = identitySource(
    host,
    config,
    endpoint,
    () => options.pluginPolicy ?? policyInForce(host, options.kuberc ?? "", warn).policy,
    options.persistAuthProvider,
    warn,
    {
      onStderr: options.onPluginStderr,
      timeout: options.pluginTimeout,
      pluginRequirements: options.pluginRequirements,
    },
    options.rereadTokenFile,
  );
  const { trace } = options;
  const sender = createSender(host, config, endpoint, identities, options);
  const compresses = !config.disableCompression || usesDefaultTransport(config);
  return { config, endpoint, sender, compresses, trace, onWarning: options.onWarning };
}

/** A connection that is made of its parts. */
export class OpenConnection implements Connection {
  readonly server: string;
  readonly fetch: Connection["fetch"];
  readonly #context: FetchContext;
  readonly #dispatcher: ConnectionDispatcher;
  readonly #agent: SocketAgent;

  constructor(context: FetchContext) {
    const { endpoint, sender } = context;
    this.server = describe(endpoint, sender);
    this.fetch = (input, init) => fetchPath(context, input, init);
    this.#context = context;
    // Node's types refer to the undici that Node ships, whose dispatchers have the same interface.
    this.#dispatcher = connectionDispatcher(context) as ConnectionDispatcher;
    this.#agent = new SocketAgent(context);
  }

  dispatcher(): ConnectionDispatcher {
    return this.#dispatcher;
  }

  async headers(signal?: AbortSignal): Promise<Headers> {
    const { sender } = this.#context;
    const headers = new Headers();
    const identity = await this.#identify(signal);
    for (const [name, value] of sender.authHeaders(identity)) {
      headers.append(name, value);
    }
    return headers;
  }

  async httpsOptions(signal?: AbortSignal): Promise<HttpsOptions> {
    const { sender, endpoint, config } = this.#context;
    const identity = await this.#identify(signal);
    const { serverName, insecure } = config.tls;
    const name = serverName === "" ? endpoint.hostname : serverName;
    const headers: Record<string, string | string[]> = {};
    for (const [header, value] of sender.authHeaders(identity)) {
      const before = headers[header];
      headers[header] =
        before === undefined ? value : [...(typeof before === "string" ? [before] : before), value];
    }
    const options: HttpsOptions = {
      agent: this.#agent,
      headers,
      ...contextOptions(sender.tlsSettings(identity.certificate)),
      servername: sentName(name),
      rejectUnauthorized: !insecure,
      checkServerIdentity: (_hostname, { raw }) =>
        identityFault(raw, insecure ? undefined : name, endpoint.host),
    };
    return withCustomInspect(options, () => ({
      ...options,
      headers: Object.fromEntries(Object.keys(headers).map((header) => [header, REDACTED])),
      ...(options.key !== undefined && { key: REDACTED }),
    }));
  }

  /** Returns the identity of the next request, within the timeout: a plugin may hang. */
  async #identify(signal: AbortSignal | undefined): Promise<Identity> {
    const { sender, endpoint, config } = this.#context;
    const deadline = startDeadline(config.timeout, signal, endpoint.host);
    try {
      const identity = await sender.identify(deadline.signal);
      this.#agent.use(identity);
      return identity;
    } catch (error) {
      throw deadline.reason(error);
    } finally {
      deadline.clear();
    }
  }

  async invalidate(): Promise<void> {
    const { sender } = this.#context;
    await sender.invalidate();
    sender.pool.renew();
    this.#agent.renew();
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await this.#context.sender.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  toJSON(): object {
    return { server: this.server };
  }

  [INSPECT](): string {
    return `Connection(${this.server})`;
  }
}

/**
 * Returns why a server's certificate is refused. Node calls it during the handshake, where exceptions are not caught.
 *
 * @param name - the expected name of the server; undefined for any
 * @param server - `host:port` for the error
 */
function identityFault(
  der: Uint8Array,
  name: string | undefined,
  server: string,
): ConnectionError | undefined {
  try {
    const [certificate] = readShown([der]);
    const fault = certificate && name !== undefined ? nameFault(certificate, name) : undefined;
    return fault === undefined
      ? undefined
      : new ConnectionError(`tls: failed to verify certificate: ${fault}`, { server });
  } catch (error) {
    return new ConnectionError(error instanceof Error ? error.message : String(error), { server });
  }
}

function describe({ prefix }: Endpoint, { origin }: Sender): string {
  return prefix === "/" ? origin : `${origin}${escapeUrlPart(prefix, "path").replace(/\/$/, "")}`;
}

/**
 * Reports whether client-go would use Go's default transport: it does for a server without any settings, and that
 * transport always asks for compressed responses. Seen with kubectl 1.36 and a plain http server.
 */
function usesDefaultTransport({ tls, proxyUrl, execProvider }: RestConfig): boolean {
  return (
    !tls.insecure &&
    tls.serverName === "" &&
    tls.caFile === "" &&
    (tls.caData === undefined || tls.caData.length === 0) &&
    !hasClientCertificate(tls) &&
    proxyUrl === "" &&
    execProvider === undefined
  );
}
