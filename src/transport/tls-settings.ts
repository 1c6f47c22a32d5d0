import type { SecureContext } from "node:tls";
import { createSecureContext } from "node:tls";
import { ConnectionError } from "../errors.ts";
import { codeOf } from "../go/errno.ts";
import type { KeyPair } from "../exec/read-key-pair.ts";

/** The current TLS settings. */
export interface TlsSettings {
  /** PEM authorities; undefined for those that Node ships. */
  readonly roots: readonly string[] | undefined;
  /** The client certificate for servers that ask for one. */
  readonly identity: KeyPair | undefined;
  /** The name to send and to verify instead of the host; `""` for the host. */
  readonly serverName: string;
  /** Whether the server's certificate is not verified. */
  readonly insecure: boolean;
}

/** Caches the last context: most connections of a client have the same settings, and parsing authorities is slow. */
export type ContextCache = (settings: TlsSettings) => SecureContext;

/** The cipher suites that Go offers: only those with forward secrecy. */
const CIPHERS = [
  ...["AES_128_GCM_SHA256", "AES_256_GCM_SHA384", "CHACHA20_POLY1305_SHA256"].map((suite) => `TLS_${suite}`),
  ...["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305", "AES128-SHA", "AES256-SHA"].flatMap(
    (suite) => [`ECDHE-ECDSA-${suite}`, `ECDHE-RSA-${suite}`],
  ),
].join(":");

/** TLS 1.2 is the minimum, as in client-go; any certificate of the bundle may end the chain, as in Go. */
const PROTOCOL = { minVersion: "TLSv1.2", ciphers: CIPHERS, allowPartialTrustChain: true } as const;

export function contextCache(): ContextCache {
  let last: { readonly settings: TlsSettings; readonly context: SecureContext } | undefined;
  return (settings) => {
    if (
      last !== undefined &&
      last.settings.roots === settings.roots &&
      last.settings.identity === settings.identity
    ) {
      return last.context;
    }
    const context = sharedContext(settings);
    last = { settings, context };
    return context;
  };
}

/** Contexts without a client certificate, by their authorities: many clients may trust those of the system. */
const shared = new WeakMap<readonly string[], SecureContext>();

/** The key for the authorities that Node ships. */
const NODES_OWN: readonly string[] = [];

function sharedContext(settings: TlsSettings): SecureContext {
  const { roots = NODES_OWN, identity } = settings;
  if (identity !== undefined) {
    return createContext(settings);
  }
  const context = shared.get(roots) ?? createContext(settings);
  shared.set(roots, context);
  return context;
}

/** Returns the options of Node's `tls` for these settings; they hold the client's key. */
export function contextOptions({ roots, identity }: TlsSettings): {
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
  readonly minVersion: "TLSv1.2";
  readonly ciphers: string;
  readonly allowPartialTrustChain: boolean;
} {
  return {
    ...PROTOCOL,
    ...(roots && { ca: [...roots] }),
    ...(identity && { cert: identity.certificate, key: identity.key() }),
  };
}

/** Creates a TLS context. @throws ConnectionError for a certificate or key that OpenSSL refuses, such as a short key */
function createContext(settings: TlsSettings): SecureContext {
  try {
    return createSecureContext(contextOptions(settings));
  } catch (error) {
    throw new ConnectionError(
      `tls: ${
        codeOf(error)
          .replace(/^ERR_(?:SSL|OSSL)_/, "")
          .toLowerCase()
          .replaceAll("_", " ") || "unusable certificate or key"
      }`,
    );
  }
}
