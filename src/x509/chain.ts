import { X509Certificate } from "node:crypto";
import type { Certificate } from "./certificate.ts";
import { maySignCertificates } from "./extensions.ts";

/** The most signatures that are checked, as in Go. */
const MAX_CHECKS = 100;
/** Larger RSA keys are not used: Go's crypto/tls refuses them in servers' certificates. */
export const MAX_RSA_BITS = 8192;

const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const ANY_USAGE = "2.5.29.37.0";

/** The signature algorithms that Go trusts: not those with MD5 and SHA-1. */
const SIGNATURES: ReadonlySet<string> = new Set([
  "1.2.840.113549.1.1.10",
  "1.2.840.113549.1.1.11",
  "1.2.840.113549.1.1.12",
  "1.2.840.113549.1.1.13",
  "1.2.840.10045.4.3.2",
  "1.2.840.10045.4.3.3",
  "1.2.840.10045.4.3.4",
  "1.3.101.112",
]);

/** Reports whether Go accepts a certificate as a server's: it names no usage, or this one, or any. */
export function mayServe({ extensions }: Certificate): boolean {
  const { extendedKeyUsages } = extensions;
  return (
    extendedKeyUsages.length === 0 ||
    extendedKeyUsages.some((usage) => usage === SERVER_AUTH || usage === ANY_USAGE)
  );
}

/**
 * Reports whether signatures lead from a server's certificate to one of the roots, by the rules of Go's
 * `x509.Certificate.Verify`, which ignores the key usage of the server's own certificate. Where authorities restrict
 * names, the answer is no: OpenSSL has to decide that.
 *
 * @param others - what the server sent with its certificate
 * @param now - milliseconds since 1970
 */
export function leadsToRoot(
  leaf: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  now: number,
): boolean {
  if (!isInTime(leaf, now) || !mayServe(leaf) || leaf.extensions.unhandledCritical.length > 0) {
    return false;
  }
  if (roots.some((root) => isSame(root, leaf))) {
    return true;
  }
  let checks = 0;
  const reaches = (chain: readonly Certificate[]): boolean => {
    const child = chain.at(-1) ?? leaf;
    const isParent = (candidate: Certificate, isRoot: boolean): boolean => {
      if (
        Buffer.compare(candidate.subject.raw, child.issuer.raw) !== 0 ||
        chain.some((link) => isSame(link, candidate)) ||
        !mayIssue(candidate, { isRoot, below: chain.length - 1, now })
      ) {
        return false;
      }
      checks++;
      return checks <= MAX_CHECKS && isSignedBy(child, candidate);
    };
    return (
      roots.some((root) => isParent(root, true)) ||
      others.some((other) => isParent(other, false) && reaches([...chain, other]))
    );
  };
  return reaches([leaf]);
}

function mayIssue(
  certificate: Certificate,
  { isRoot, below, now }: { readonly isRoot: boolean; readonly below: number; readonly now: number },
): boolean {
  const { extensions } = certificate;
  const { basicConstraints } = extensions;
  return (
    isInTime(certificate, now) &&
    mayServe(certificate) &&
    extensions.unhandledCritical.length === 0 &&
    !extensions.hasNameConstraints &&
    maySignCertificates(extensions) &&
    (basicConstraints === undefined ? isRoot : basicConstraints.isAuthority) &&
    below <= (basicConstraints?.maxPathLength ?? Infinity)
  );
}

function isSignedBy(child: Certificate, parent: Certificate): boolean {
  const { publicKey } = parent;
  const isUsable =
    SIGNATURES.has(child.signatureAlgorithm) &&
    publicKey.kind !== "other" &&
    (publicKey.kind !== "rsa" || publicKey.modulus >> BigInt(MAX_RSA_BITS) === 0n);
  try {
    return isUsable && new X509Certificate(child.raw).verify(new X509Certificate(parent.raw).publicKey);
  } catch {
    // OpenSSL may refuse more than Go does: then nothing is proved.
    return false;
  }
}

function isInTime({ notBefore, notAfter }: Certificate, now: number): boolean {
  return now >= notBefore && now < notAfter + 1000;
}

function isSame(one: Certificate, other: Certificate): boolean {
  return Buffer.compare(one.raw, other.raw) === 0;
}
