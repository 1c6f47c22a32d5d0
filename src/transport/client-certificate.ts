import type { TlsClientConfig } from "../api/rest-config.ts";
import { isSet } from "../api/struct.ts";
import { ConfigReadError, ConnectionError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "../loading/file-system.ts";
import { CREDENTIAL_LIMIT } from "../loading/size-limits.ts";
import type { KeyPair } from "../exec/read-key-pair.ts";
import { KeyPairError, readKeyPair } from "../exec/read-key-pair.ts";

/** How long a pair from files is kept before they are read again, in milliseconds; as client-go. */
const PERIOD = 1000;

/** Whether a TLS configuration has a client certificate and its key. client-go's `HasCertAuth`. */
export function hasClientCertificate(tls: TlsClientConfig): boolean {
  return (isSet(tls.certData) || tls.certFile !== "") && (isSet(tls.keyData) || tls.keyFile !== "");
}

/**
 * The client certificate of a TLS configuration. One that comes from two files is judged when it is first needed, read
 * again when a second has passed, and stays as it was if the new files cannot be used, as while they are being replaced;
 * the same pair is the same object.
 *
 * The function that gives it throws ConnectionError in Go's words for two files that make no pair.
 *
 * @throws ConfigReadError for files that cannot be read, ConnectionError for data that makes no pair
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

/** client-go's `cachingCertificateLoader`. */
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
    // One character a byte: PEM is ASCII, and whatever else there is must not become it.
    return readKeyPair(latin1(certificate), latin1(key));
  } catch (error) {
    throw error instanceof KeyPairError ? new ConnectionError(error.message) : error;
  }
}

function latin1(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("latin1");
}
