import type { Dispatcher } from "undici";
import type { RestConfig, ImpersonationConfig } from "../api/rest-config.ts";
import { hostHeader } from "../go/idna.ts";
import { bytesOfText } from "../go/url-escape.ts";
import { ConnectionError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { Endpoint } from "./endpoint.ts";
import type { HeaderLine } from "./headers.ts";
import { withAddedHeaders, canonicalName } from "./headers.ts";
import type { Identity, IdentitySource } from "./identity.ts";
import type { KeyPair } from "../exec/read-key-pair.ts";
import type { Pool } from "./pool.ts";
import { createPool, MAX_CONNECTIONS } from "./pool.ts";
import type { Proxy } from "./proxy.ts";
import { proxyFor } from "./proxy.ts";
import { requestFault } from "./request-faults.ts";
import { rootsSource } from "./root-certificates.ts";
import { systemRoots } from "./system-roots.ts";
import type { TlsSettings } from "./tls-settings.ts";
import { contextCache } from "./tls-settings.ts";
import type { Trace } from "./trace.ts";
import { untilAborted } from "./until-aborted.ts";
import { defaultUserAgent } from "./user-agent.ts";

/** A request that is ready for undici: where it goes, and all of its headers. */
export interface Prepared {
  readonly dispatcher: Dispatcher;
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly identity: Identity | undefined;
}

/** How a {@link Sender} goes about it. */
export interface SenderOptions {
  readonly trace?: Trace | undefined;
  /** How many connections there may be at once; 0 for any number. */
  readonly maxConnections?: number | undefined;
}

/** What all ways to send a request have in common: who asks, how TLS is spoken, which connections there are. */
export interface Sender {
  /** `https://host:port` as WHATWG writes it. */
  readonly origin: string;
  readonly userAgent: string;
  /** How many connections there may be at once; 0 for any number. */
  readonly maxConnections: number;
  /** The connections to the server, as whoever the configuration says. */
  readonly pool: Pool;
  /**
   * Who the next request is from.
   *
   * @throws ConnectionError as {@link IdentitySource.current}, with the server
   */
  identify(signal?: AbortSignal): Promise<Identity>;
  /** Has the next identity got anew. */
  invalidate(): Promise<void>;
  readonly proxy: Proxy | undefined;
  tlsSettings(identity: KeyPair | undefined): TlsSettings;
  /** The headers that say whom to act as. */
  readonly impersonation: readonly HeaderLine[];
  /** The headers that say who asks, for one request. */
  authHeaders(identity: Identity): readonly HeaderLine[];
  /**
   * Prepares a request. One to another origin than the server's is sent without credentials.
   *
   * @param host - as it is to be sent; undefined for that of the origin
   */
  prepare(
    origin: string,
    host: string | undefined,
    path: string,
    headers: readonly HeaderLine[],
    signal?: AbortSignal,
  ): Promise<Prepared>;
  close(): Promise<void>;
}

export function createSender(
  host: Host,
  config: RestConfig,
  endpoint: Endpoint,
  identities: IdentitySource,
  { trace, maxConnections = MAX_CONNECTIONS }: SenderOptions = {},
): Sender {
  const { tls } = config;
  const origin = originOf(endpoint);
  const proxy = proxyFor(host, config, endpoint);
  const configured = rootsSource(host, tls);
  let system: { readonly roots: readonly string[] | undefined } | undefined;
  const roots = (): readonly string[] | undefined => {
    if (configured !== undefined) {
      return configured();
    }
    system ??= { roots: systemRoots(host) };
    return system.roots;
  };
  const tlsSettings = (identity: KeyPair | undefined): TlsSettings => ({
    roots: tls.insecure ? undefined : roots(),
    identity,
    serverName: tls.serverName,
    insecure: tls.insecure,
  });
  const userAgent = config.userAgent === "" ? defaultUserAgent(host) : config.userAgent;
  // Node writes a character as a byte, and Go writes UTF-8.
  const impersonation = impersonationHeaders(config.impersonate).map(
    ([name, value]) => [name, bytesOfText(value)] as const,
  );
  const contexts = contextCache();
  const now = (): number => host.now();
  const pool = createPool({
    settings: tlsSettings,
    contexts,
    proxy: () => proxy,
    now,
    trace,
    maxConnections,
    server: endpoint,
  });
  // Other servers, which a redirect may name, are trusted by the same authorities but told nothing.
  const strangers = createPool({
    settings: () => ({ ...tlsSettings(undefined), serverName: "" }),
    contexts: contextCache(),
    proxy: (secure, hostname, port) =>
      proxyFor(host, config, { ...endpoint, secure, hostname, port, host: hostname }),
    now,
    trace,
    maxConnections,
  });
  const authHeaders = (identity: Identity): readonly HeaderLine[] => {
    const authorization = identity.authorization();
    return [
      ...(authorization === undefined ? [] : [["Authorization", authorization] as const]),
      ...impersonation,
    ];
  };
  const named = (error: unknown): never => {
    throw error instanceof ConnectionError ? requestFault(error, endpoint.host) : error;
  };
  const identify = async (signal?: AbortSignal): Promise<Identity> => {
    const identity = await identities.current(signal).catch(named);
    if (identity.certificateFault !== undefined) {
      // kubectl looks at its own certificate only when a server that it trusts asks for it.
      await untilAborted(reach(), signal).catch(named);
      return named(identity.certificateFault);
    }
    return identity;
  };
  const reach = async (): Promise<void> => {
    const stopWaiting = pool.wait();
    try {
      (await pool.open(endpoint.secure, endpoint.hostname, endpoint.port, undefined)).destroy();
    } finally {
      stopWaiting();
    }
  };
  return {
    origin,
    userAgent,
    maxConnections,
    pool,
    identify,
    invalidate: () => identities.invalidate().catch(named),
    proxy,
    impersonation,
    tlsSettings,
    authHeaders,
    prepare: async (to, written, path, headers, signal) => {
      const isServer = to === origin;
      const identity = isServer ? await identify(signal) : undefined;
      const sent = hostHeader(written ?? (isServer ? endpoint.host : new URL(to).host));
      const lines = withAddedHeaders(headers, {
        host: sent,
        authorization: identity?.authorization(),
        impersonation: isServer ? impersonation : [],
        userAgent,
      });
      const forward = isServer && !endpoint.secure && proxy !== undefined && proxy.kind !== "socks5";
      const proxyAuthorization = forward ? proxy.authorization() : undefined;
      return {
        dispatcher: isServer ? pool.use(to, identity?.certificate) : strangers.use(to, undefined),
        path: forward ? `http://${sent}${path}` : path,
        headers: [
          ...lines,
          ...(proxyAuthorization === undefined ? [] : [["Proxy-Authorization", proxyAuthorization] as const]),
        ].flat(),
        identity,
      };
    },
    close: async () => {
      identities.close();
      await Promise.all([pool.close(), strangers.close()]);
    },
  };
}

/** How WHATWG writes the origin of the server; something that no other server has, if it takes the host for none. */
function originOf({ secure, host }: Endpoint): string {
  const scheme = secure ? "https" : "http";
  const url = `${scheme}://${host}`;
  return URL.canParse(url) ? new URL(url).origin : `${scheme}://server.invalid`;
}

/**
 * The headers that ask the server to treat a request as somebody else's. client-go's `impersonatingRoundTripper`: a
 * user without a name is still sent, for the server to refuse.
 */
function impersonationHeaders({ userName, uid, groups, extra }: ImpersonationConfig): readonly HeaderLine[] {
  if (userName === "" && uid === "" && groups.length === 0 && extra.size === 0) {
    return [];
  }
  return [
    ["Impersonate-User", userName],
    ...(uid === "" ? [] : [["Impersonate-Uid", uid] as const]),
    ...groups.map((group) => ["Impersonate-Group", group] as const),
    ...[...extra].flatMap(([key, values]) =>
      values.map((value) => [canonicalName(`Impersonate-Extra-${escapeKey(key)}`), value] as const),
    ),
  ];
}

/** client-go's `headerKeyEscape`: what may not stand in a header's name becomes `%XX`, and so does `%`. */
function escapeKey(key: string): string {
  return Array.from(Buffer.from(key, "utf8"), (byte) => {
    const character = String.fromCharCode(byte);
    return /[!#$&'*+\-.0-9A-Z^_`a-z|~]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
