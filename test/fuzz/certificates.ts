import { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { encodePem } from "../../src/go/pem.ts";
import { certificatesIn } from "../../src/doctor/certificates.ts";
import { ConnectionError } from "../../src/errors.ts";
import { readRoots } from "../../src/transport/root-certificates.ts";
import { readShown, serverFault } from "../../src/transport/verify-server.ts";
import { authorityFault } from "../../src/x509/chain.ts";
import type { Random } from "./damage.ts";
import { damageDer, pick } from "./damage.ts";
import { CERTIFICATES } from "./der-seeds.ts";

/** A certificate, perhaps damaged, as a server shows it, and the name that it must have. */
export interface CertificateCase {
  readonly der: Uint8Array;
  readonly name: string;
}

const NAMES = [
  "localhost",
  "127.0.0.1",
  "::1",
  "[::1]",
  "localhost.",
  "*",
  "",
  ".",
  "a.b",
  "local_host",
  "fe80::1%lo",
  "\0",
];

export function randomCase(random: Random): CertificateCase {
  const der = Buffer.from(pick(random, Object.values(CERTIFICATES)), "base64");
  return { der: random() < 0.98 ? damageDer(random, der) : der, name: pick(random, NAMES) };
}

/**
 * Uses the certificate in every way that kcfg does: as a server's, as an authority, for doctor. What has been read is
 * passed on to Node. Returns Go's words for what is refused, else `""`.
 *
 * @throws any other error: that is a fault of kcfg
 */
export function run({ der, name }: CertificateCase): string {
  const now = Date.UTC(2027, 0);
  const pem = encodePem("CERTIFICATE", der);
  certificatesIn(Buffer.from(pem));
  try {
    readRoots(Buffer.from(pem));
    const shown = readShown([der]);
    for (const fault of [undefined, "INVALID_PURPOSE", "DEPTH_ZERO_SELF_SIGNED_CERT"]) {
      serverFault(shown, fault, { name, roots: () => [pem], now });
    }
    authorityFault(shown[0] as never, shown, [], now);
  } catch (error) {
    if (error instanceof ConnectionError) {
      return error.message;
    }
    throw error;
  }
  createSecureContext({ ca: [pem] });
  toNode(der);
  return "";
}

/** Passes a certificate to Node. OpenSSL may refuse what Go accepts, but in an orderly way. */
function toNode(der: Uint8Array): void {
  try {
    const certificate = new X509Certificate(der);
    void [certificate.publicKey, certificate.subject, certificate.subjectAltName, certificate.raw];
    certificate.verify(certificate.publicKey);
  } catch {
    // Refused.
  }
}
