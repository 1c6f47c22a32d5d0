import type { TlsClientConfig } from "../api/rest-config.ts";
import { ConfigReadError, ConnectionError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "../loading/file-system.ts";
import type { KeyPair } from "./key-pair.ts";
import { readKeyPair } from "./key-pair.ts";

/** How long a pair from files is kept before they are read again, in milliseconds; as client-go. */
const PERIOD = 1000;

/** Whether a TLS configuration has a client certificate and its key. client-go's `HasCertAuth`. */
export function hasClientCertificate(tls: TlsClientConfig): boolean {
  return (hasData(tls.certData) || tls.certFile !== "") && (hasData(tls.keyData) || tls.keyFile !== "");
}

/**
 * The client certificate of a TLS configuration. One that comes from two files is read again when a second has passed,
 * and stays as it was if the new files cannot be used, as while they are being replaced; the same pair is the same
 * object.
 *
 * @throws ConfigReadError, ConnectionError in client-go's words
 */
export function clientCertificate(host: Host, tls: TlsClientConfig): (() => KeyPair) | undefined {
  const { certData, keyData, certFile, keyFile } = tls;
  if (!hasClientCertificate(tls)) {
    return undefined;
  }
  const load = (): KeyPair =>
    readKeyPair(dataOrFile(host, certData, certFile), dataOrFile(host, keyData, keyFile));
  let pair = load();
  if (hasData(certData) || hasData(keyData)) {
    return () => pair;
  }
  let readAt = host.now();
  return () => {
    if (host.now() - readAt > PERIOD) {
      readAt = host.now();
      try {
        const now = load();
        pair = now.equals(pair) ? pair : now;
      } catch (error) {
        if (!(error instanceof ConnectionError || error instanceof ConfigReadError)) {
          throw error;
        }
      }
    }
    return pair;
  };
}

function dataOrFile(host: Host, data: Uint8Array | undefined, file: string): Uint8Array {
  return data !== undefined && data.length > 0 ? data : readFile(host, file);
}

function hasData(data: Uint8Array | undefined): boolean {
  return data !== undefined && data.length > 0;
}
