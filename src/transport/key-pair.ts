import { INSPECT, REDACTED } from "../api/redaction.ts";
import { ConnectionError } from "../errors.ts";
import { KeyPairError, readKeyPair as readPair } from "../exec/read-key-pair.ts";

/** A client certificate with its chain, and its key. Inspecting one does not show the key. */
export class KeyPair {
  /** PEM: the certificate, and those that lead from it to its authority. */
  readonly certificate: string;
  readonly #key: string;

  constructor(certificate: string, key: string) {
    this.certificate = certificate;
    this.#key = key;
  }

  /** The PKCS #8 key, PEM. Secret. */
  key(): string {
    return this.#key;
  }

  /** Whether another pair says the same. */
  equals(other: KeyPair | undefined): boolean {
    return other !== undefined && this.certificate === other.certificate && this.#key === other.#key;
  }

  toJSON(): object {
    return { certificate: this.certificate, key: REDACTED };
  }

  [INSPECT](): object {
    return this.toJSON();
  }
}

/**
 * Reads a certificate and the key that belongs to it. Go's `tls.X509KeyPair`.
 *
 * @throws ConnectionError in Go's words: `tls: private key does not match public key`
 */
export function readKeyPair(certificate: Uint8Array, key: Uint8Array): KeyPair {
  try {
    // One character a byte: PEM is ASCII, and whatever else there is must not become it.
    const pair = readPair(latin1(certificate), latin1(key));
    return new KeyPair(pair.certificate, pair.key);
  } catch (error) {
    if (error instanceof KeyPairError) {
      throw new ConnectionError(error.message);
    }
    throw error;
  }
}

function latin1(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("latin1");
}
