import { INSPECT, REDACTED } from "../api/redaction.ts";
import { decodePem, encodePem } from "../go/pem.ts";
import type { PemBlock } from "../go/pem.ts";
import type { Certificate } from "../x509/certificate.ts";
import { readCertificate } from "../x509/certificate.ts";
import type { PrivateKey } from "../x509/private-key.ts";
import { readPrivateKey, UNUSABLE } from "../x509/private-key.ts";
import type { PublicKey } from "../x509/public-key.ts";
import { X509Error } from "../x509/x509-error.ts";

/** A certificate and key that cannot be used. The message has Go's words and no part of the PEM data. */
export class KeyPairError extends Error {
  override readonly name = "KeyPairError";
}

/**
 * A client certificate and its matching key, in the encoding that every TLS library reads. Inspecting a pair does not show
 * the key.
 */
export class KeyPair {
  /** PEM: the certificate, followed by its chain. */
  readonly certificate: string;
  readonly #key: string;

  constructor(certificate: string, key: string) {
    this.certificate = certificate;
    this.#key = key;
  }

  /** Returns the key, as PKCS #8 PEM. Secret. */
  key(): string {
    return this.#key;
  }

  /** Reports whether another pair is equal. */
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
 * Reads a certificate and its key as Go's `tls.X509KeyPair`: the key may be PKCS #1, PKCS #8 or SEC 1, whatever the type of
 * its PEM block.
 *
 * @throws KeyPairError
 */
export function readKeyPair(certificateText: string, keyText: string): KeyPair {
  const chain = certificatesIn(certificateText);
  const keyBlock = keyIn(keyText);
  const certificate = parseCertificate(chain[0]?.bytes ?? new Uint8Array());
  const key = parsePrivateKey(keyBlock.bytes);
  matchKey(certificate.publicKey, key.publicKey);
  return new KeyPair(
    chain.map(({ bytes }) => encodePem("CERTIFICATE", bytes)).join(""),
    encodePem("PRIVATE KEY", key.pkcs8),
  );
}

function certificatesIn(text: string): readonly PemBlock[] {
  const { blocks } = decodePem(text);
  const certificates = blocks.filter(({ type }) => type === "CERTIFICATE");
  if (certificates.length > 0) {
    return certificates;
  }
  if (blocks.length === 0) {
    throw new KeyPairError("tls: failed to find any PEM data in certificate input");
  }
  throw new KeyPairError(
    blocks.length === 1 && blocks[0]?.type.endsWith("PRIVATE KEY") === true
      ? "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched"
      : `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: ${typesOf(blocks)}`,
  );
}

function keyIn(text: string): PemBlock {
  const skipped: PemBlock[] = [];
  for (const block of decodePem(text).blocks) {
    if (block.type === "PRIVATE KEY" || block.type.endsWith(" PRIVATE KEY")) {
      return block;
    }
    skipped.push(block);
  }
  if (skipped.length === 0) {
    throw new KeyPairError("tls: failed to find any PEM data in key input");
  }
  throw new KeyPairError(
    skipped.length === 1 && skipped[0]?.type === "CERTIFICATE"
      ? "tls: found a certificate rather than a key in the PEM for the private key"
      : `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: ${typesOf(skipped)}`,
  );
}

/** PEM types that may be shown: any other string after BEGIN could be a secret. */
const KNOWN_TYPES: ReadonlySet<string> = new Set([
  "CERTIFICATE",
  "CERTIFICATE REQUEST",
  "DH PARAMETERS",
  "EC PARAMETERS",
  "EC PRIVATE KEY",
  "ENCRYPTED PRIVATE KEY",
  "OPENSSH PRIVATE KEY",
  "PKCS7",
  "PRIVATE KEY",
  "PUBLIC KEY",
  "RSA PRIVATE KEY",
  "RSA PUBLIC KEY",
  "TRUSTED CERTIFICATE",
  "X509 CRL",
]);

/** Formats the types of blocks as Go prints a list of strings. */
function typesOf(blocks: readonly PemBlock[]): string {
  return `[${blocks.map(({ type }) => (KNOWN_TYPES.has(type) ? type : "(unknown)")).join(" ")}]`;
}

/** Parses a certificate. @throws KeyPairError in the words of Go's crypto/x509 */
function parseCertificate(der: Uint8Array): Certificate {
  try {
    return readCertificate(der);
  } catch (error) {
    throw error instanceof X509Error ? new KeyPairError(error.message) : error;
  }
}

function parsePrivateKey(der: Uint8Array): PrivateKey {
  const key = readPrivateKey(der);
  if (key === UNUSABLE) {
    throw new KeyPairError("tls: found unknown private key type in PKCS#8 wrapping");
  }
  if (key === undefined) {
    throw new KeyPairError("tls: failed to parse private key");
  }
  return key;
}

function matchKey(certified: PublicKey, own: PublicKey): void {
  if (certified.kind === "other") {
    throw new KeyPairError("tls: unknown public key algorithm");
  }
  if (certified.kind !== own.kind) {
    throw new KeyPairError("tls: private key type does not match public key type");
  }
  if (!isSameKey(certified, own)) {
    throw new KeyPairError("tls: private key does not match public key");
  }
}

function isSameKey(one: PublicKey, other: PublicKey): boolean {
  switch (one.kind) {
    case "rsa":
      return other.kind === "rsa" && one.modulus === other.modulus && one.exponent === other.exponent;
    case "ec":
      return other.kind === "ec" && one.curve === other.curve && Buffer.compare(one.point, other.point) === 0;
    case "ed25519":
      return other.kind === "ed25519" && Buffer.compare(one.point, other.point) === 0;
    default:
      return false;
  }
}
