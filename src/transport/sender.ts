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

/** A request that is ready for undici: its target, and all of its headers. */
export interface Prepared {
  readonly dispatcher: Dispatcher;
  readonly path: string;
  /** Alternating names and values. */
  readonly headers: string[];
  readonly identity: Identity | undefined;
}

/** Options of a {@link Sender}. */
export interface SenderOptions {
  readonly trace?: Trace | undefined;
  /** The maximum number of connections; 0 for no limit. */
  readonly maxConnections?: number | undefined;
}

/** The parts that all ways to send a request share: credentials, TLS settings and connections. */
export interface Sender {
  /** `https://host:port` as WHATWG writes it. */
  readonly origin: string;
  readonly userAgent: string;
  /** The maximum number of connections; 0 for no limit. */
  readonly maxConnections: number;
  /** The connections to the server, with the configured identity. */
  readonly pool: Pool;
  /**
   * Returns the identity of the next request.
   *
   * @throws ConnectionError as {@link IdentitySource.current}, with the server
   */
  identify(signal?: AbortSignal): Promise<Identity>;
  /** Forces the next request to authenticate again. */
  invalidate(): Promise<void>;
  readonly proxy: Proxy | undefined;
  tlsSettings(identity: KeyPair | undefined): TlsSettings;
  /** The impersonation headers. */
  readonly impersonation: readonly HeaderLine[];
  /** Returns the headers that authenticate one request. */
  authHeaders(identity: Identity): readonly HeaderLine[];
  /**
   * Prepares a request. A request to another origin than the server's gets no credentials.
   *
   * @param host - the value of `Host`; undefined for that of the origin
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
  // Node writes each character as a byte, and Go writes UTF-8.
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
  // Other servers, which a redirect may name, are verified by the same authorities but get no credentials.
  const otherOriginPool = createPool({
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
      // kubectl reads its own certificate only when a server that it trusts asks for it.
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
        dispatcher: isServer ? pool.use(to, identity?.certificate) : otherOriginPool.use(to, undefined),
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
      await Promise.all([pool.close(), otherOriginPool.close()]);
    },
  };
}

/** Returns the origin of the server in WHATWG's spelling; a unique string if WHATWG refuses the host. */
function originOf({ secure, host }: Endpoint): string {
  const scheme = secure ? "https" : "http";
  const url = `${scheme}://${host}`;
  return URL.canParse(url) ? new URL(url).origin : `${scheme}://server.invalid`;
}

/**
 * Returns the impersonation headers. client-go's `impersonatingRoundTripper`: groups and the like without a user name are
 * still sent, for the server to refuse.
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

/** Escapes `%` and the characters that a header's name may not contain, as `%XX`. client-go's `headerKeyEscape`. */
function escapeKey(key: string): string {
  return Array.from(Buffer.from(key, "utf8"), (byte) => {
    const character = String.fromCharCode(byte);
    return /[!#$&'*+\-.0-9A-Z^_`a-z|~]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
