import type { TlsClientConfig } from "../api/rest-config.ts";
import { ConnectionError, ConfigReadError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "../loading/file-system.ts";
import { CREDENTIAL_LIMIT } from "../loading/size-limits.ts";
import { decodePem, encodePem } from "../go/pem.ts";
import { readCertificate } from "../x509/certificate.ts";
import { X509Error } from "../x509/x509-error.ts";

/** How often a CA file is checked for changes, in milliseconds; as in client-go. */
export const ROOTS_PERIOD = 5 * 60_000;

/**
 * Returns the certificate authorities of a bundle, each PEM; skips blocks that are not certificates. client-go's
 * `rootCertPool`: an empty bundle trusts no server.
 *
 * @throws ConnectionError `unable to load root certificates: …` for a bundle without any certificate
 */
export function readRoots(bundle: Uint8Array): readonly string[] {
  const { blocks, hasRest } = decodePem(bundle);
  const candidates = blocks.filter(({ type, hasHeaders }) => type === "CERTIFICATE" && !hasHeaders);
  const faults = candidates.map(({ bytes }) => certificateFault(bytes));
  const roots = candidates.filter((_, at) => faults[at] === undefined);
  if (roots.length > 0 || bundle.length === 0) {
    return roots.map(({ bytes }) => encodePem("CERTIFICATE", bytes));
  }
  const reason =
    faults[0] !== undefined
      ? `failed to parse certificate: ${faults[0]}`
      : hasRest
        ? "unable to parse bytes as PEM block"
        : "no valid certificate authority data seen";
  throw new ConnectionError(`unable to load root certificates: ${reason}`);
}

const parsed = new WeakMap<Uint8Array, readonly string[]>();

/**
 * Returns a function for the authorities of a TLS configuration, which are read again when the CA file has changed;
 * undefined if it names none, so that the system's are trusted. A file that has become unreadable or invalid is ignored.
 *
 * @throws ConnectionError, ConfigReadError in client-go's words
 */
export function rootsSource(host: Host, tls: TlsClientConfig): (() => readonly string[]) | undefined {
  const { caData, caFile } = tls;
  if (caData !== undefined && caData.length > 0) {
    // Contexts of one config that name the same cluster have the same bytes.
    const roots = parsed.get(caData) ?? readRoots(caData);
    parsed.set(caData, roots);
    return () => roots;
  }
  if (caFile === "") {
    return undefined;
  }
  let data = readFile(host, caFile, CREDENTIAL_LIMIT);
  let roots = readRoots(data);
  let lookedAt = host.now();
  return () => {
    if (host.now() - lookedAt >= ROOTS_PERIOD) {
      lookedAt = host.now();
      try {
        const now = readFile(host, caFile, CREDENTIAL_LIMIT);
        if (now.length > 0 && Buffer.compare(now, data) !== 0) {
          roots = readRoots(now);
          data = now;
        }
      } catch (error) {
        if (!(error instanceof ConnectionError || error instanceof ConfigReadError)) {
          throw error;
        }
      }
    }
    return roots;
  };
}

/** Returns why a certificate cannot be parsed, in Go's words; undefined if it can. */
function certificateFault(der: Uint8Array): string | undefined {
  try {
    readCertificate(der);
    return undefined;
  } catch (error) {
    if (error instanceof X509Error) {
      return error.message;
    }
    throw error;
  }
}
