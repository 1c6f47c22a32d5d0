import { decodePem } from "../go/pem.ts";
import { tryCertificate } from "../x509/certificate.ts";
import { describeName } from "../x509/name.ts";

/** The facts about a certificate. */
export interface CertificateFacts {
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  /** Milliseconds since 1970. */
  readonly notAfter: number;
  /** Its subject, in one line; `""` if it has none. */
  readonly subject: string;
}

/** How many certificates of one bundle are examined. */
const MOST = 1000;

/** Returns the certificates of a PEM file, in their order. Skips damaged blocks, and other kinds. */
export function certificatesIn(data: Uint8Array): readonly CertificateFacts[] {
  return decodePem(data)
    .blocks.filter(({ type, hasHeaders }) => type === "CERTIFICATE" && !hasHeaders)
    .slice(0, MOST)
    .flatMap(({ bytes }) => factsOf(bytes) ?? []);
}

function factsOf(der: Uint8Array): CertificateFacts | undefined {
  const certificate = tryCertificate(der);
  return (
    certificate && {
      notBefore: certificate.notBefore,
      notAfter: certificate.notAfter,
      subject: describeName(certificate.subject),
    }
  );
}
