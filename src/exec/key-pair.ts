import type { KeyObject } from "node:crypto";
import { X509Certificate } from "node:crypto";
import { decodePem, encodePem } from "../codec/pem.ts";
import type { PemBlock } from "../codec/pem.ts";
import { derLength } from "./der.ts";
import { KeyPairError } from "./key-pair-error.ts";
import { isKnownKey, parsePrivateKey } from "./private-key.ts";

export { KeyPairError } from "./key-pair-error.ts";

/** A client certificate and its key that fit together, in the one spelling that every TLS library reads. */
export interface KeyPair {
  /** The certificates, as PEM. */
  readonly certificate: string;
  /** The key, as PEM of PKCS #8. Secret. */
  readonly key: string;
}

/**
 * Reads a certificate and its key as Go's `tls.X509KeyPair`: the key may be in PKCS #1, PKCS #8 or SEC 1, whatever its
 * PEM block is called.
 *
 * @throws KeyPairError
 */
export function readKeyPair(certificateText: string, keyText: string): KeyPair {
  const chain = certificatesIn(certificateText);
  const keyBlock = keyIn(keyText);
  const certificate = parseCertificate(chain[0]?.bytes ?? new Uint8Array());
  const publicKey = publicKeyOf(certificate);
  const key = parsePrivateKey(keyBlock.bytes);
  matchKey(certificate, publicKey, key);
  return {
    certificate: chain.map(({ bytes }) => encodePem("CERTIFICATE", bytes)).join(""),
    key: key.export({ format: "pem", type: "pkcs8" }).toString(),
  };
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

/** Types that can be told: any other text after BEGIN may be something that nobody should see. */
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

/** As Go prints a list of texts. */
function typesOf(blocks: readonly PemBlock[]): string {
  return `[${blocks.map(({ type }) => (KNOWN_TYPES.has(type) ? type : "(unknown)")).join(" ")}]`;
}

function parseCertificate(der: Uint8Array): X509Certificate {
  const certificate = derLength(der) === der.length ? tryCertificate(der) : undefined;
  if (certificate === undefined) {
    throw new KeyPairError("x509: malformed certificate");
  }
  if (certificate.serialNumber.startsWith("-")) {
    throw new KeyPairError("x509: negative serial number");
  }
  return certificate;
}

function tryCertificate(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

function matchKey(certificate: X509Certificate, publicKey: KeyObject | undefined, key: KeyObject): void {
  if (publicKey === undefined) {
    throw new KeyPairError("tls: unknown public key algorithm");
  }
  if (publicKey.asymmetricKeyType !== key.asymmetricKeyType) {
    throw new KeyPairError("tls: private key type does not match public key type");
  }
  if (!certificate.checkPrivateKey(key)) {
    throw new KeyPairError("tls: private key does not match public key");
  }
}

/** Undefined for a kind of key that Go does not know. */
function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  let key: KeyObject;
  try {
    key = certificate.publicKey;
  } catch {
    return undefined;
  }
  if (key.asymmetricKeyType === "ec" && !isKnownKey(key)) {
    throw new KeyPairError("x509: unsupported elliptic curve");
  }
  return isKnownKey(key) ? key : undefined;
}
