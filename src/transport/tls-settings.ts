import type { SecureContext } from "node:tls";
import { createSecureContext } from "node:tls";
import { ConnectionError } from "../errors.ts";
import { codeOf } from "../go/errno.ts";
import type { KeyPair } from "../exec/read-key-pair.ts";

/** How TLS is spoken, at this moment. */
export interface TlsSettings {
  /** PEM authorities; undefined for those that come with Node. */
  readonly roots: readonly string[] | undefined;
  /** What is shown to servers that ask for it. */
  readonly identity: KeyPair | undefined;
  /** The name to send and to check instead of the host; `""` for the host. */
  readonly serverName: string;
  /** Whether the server's certificate is not checked. */
  readonly insecure: boolean;
}

/** Keeps the last context: most connections of a client have the same settings, and parsing authorities takes long. */
export type ContextCache = (settings: TlsSettings) => SecureContext;

/** What Go offers: no key exchange by RSA, and none without forward secrecy at all. */
const CIPHERS = [
  ...["AES_128_GCM_SHA256", "AES_256_GCM_SHA384", "CHACHA20_POLY1305_SHA256"].map((suite) => `TLS_${suite}`),
  ...["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305", "AES128-SHA", "AES256-SHA"].flatMap(
    (suite) => [`ECDHE-ECDSA-${suite}`, `ECDHE-RSA-${suite}`],
  ),
].join(":");

/** TLS 1.2 is the least, as in client-go; any certificate of the bundle may end the chain, as in Go. */
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
    const context = createContext(settings);
    last = { settings, context };
    return context;
  };
}

/** Options of Node's `tls` for these settings; they hold the client's key. */
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

/** @throws ConnectionError for a certificate or key that OpenSSL refuses for its own reasons, such as too few bits */
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
