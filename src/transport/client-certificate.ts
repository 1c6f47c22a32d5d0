import type { TlsClientConfig } from "../api/rest-config.ts";
import { isSet } from "../api/struct.ts";
import { ConfigReadError, ConnectionError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "../loading/file-system.ts";
import { CREDENTIAL_LIMIT } from "../loading/size-limits.ts";
import type { KeyPair } from "../exec/read-key-pair.ts";
import { KeyPairError, readKeyPair } from "../exec/read-key-pair.ts";

/** How long a key pair is cached before its files are read again, in milliseconds; as in client-go. */
const PERIOD = 1000;

/** Reports whether a TLS configuration has a client certificate and its key. client-go's `HasCertAuth`. */
export function hasClientCertificate(tls: TlsClientConfig): boolean {
  return (isSet(tls.certData) || tls.certFile !== "") && (isSet(tls.keyData) || tls.keyFile !== "");
}

/**
 * Returns a function that returns the client certificate of a TLS configuration. A pair from two files is checked when it
 * is first needed and read again after a second. It is kept if the new files cannot be used, as while they are being
 * replaced; an unchanged pair is the same object.
 *
 * The returned function throws ConnectionError in Go's words for two files that are not a pair.
 *
 * @throws ConfigReadError for files that cannot be read, ConnectionError for data that is not a pair
 */
export function clientCertificate(host: Host, tls: TlsClientConfig): (() => KeyPair) | undefined {
  const { certData, keyData, certFile, keyFile } = tls;
  if (!hasClientCertificate(tls)) {
    return undefined;
  }
  const read = () => [dataOrFile(host, certData, certFile), dataOrFile(host, keyData, keyFile)] as const;
  const contents = read();
  if (isSet(certData) || isSet(keyData)) {
    const pair = clientKeyPair(...contents);
    return () => pair;
  }
  return reloading(host, read);
}

/** Caches a key pair from files, and reads it again after a second. client-go's `cachingCertificateLoader`. */
function reloading(host: Host, read: () => readonly [Uint8Array, Uint8Array]): () => KeyPair {
  let pair: KeyPair | undefined;
  let readAt = 0;
  return () => {
    if (pair !== undefined && host.now() - readAt <= PERIOD) {
      return pair;
    }
    readAt = host.now();
    try {
      const now = clientKeyPair(...read());
      pair = pair !== undefined && now.equals(pair) ? pair : now;
    } catch (error) {
      if (pair === undefined || !(error instanceof ConnectionError || error instanceof ConfigReadError)) {
        throw error;
      }
    }
    return pair;
  };
}

function dataOrFile(host: Host, data: Uint8Array | undefined, file: string): Uint8Array {
  return data !== undefined && isSet(data) ? data : readFile(host, file, CREDENTIAL_LIMIT);
}

/**
 * Reads a certificate and the key that belongs to it. Go's `tls.X509KeyPair`.
 *
 * @throws ConnectionError in Go's words: `tls: private key does not match public key`
 */
export function clientKeyPair(certificate: Uint8Array, key: Uint8Array): KeyPair {
  try {
    // One character per byte: PEM is ASCII, and no other bytes may decode to ASCII.
    return readKeyPair(latin1(certificate), latin1(key));
  } catch (error) {
    throw error instanceof KeyPairError ? new ConnectionError(error.message) : error;
  }
}

function latin1(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("latin1");
}
