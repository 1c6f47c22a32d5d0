import { X509Certificate } from "node:crypto";
import { goQuote } from "../go/quote.ts";
import type { Certificate } from "./certificate.ts";
import { maySignCertificates } from "./extensions.ts";
import { commonName, organization } from "./name.ts";

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

const UNKNOWN = "x509: certificate signed by unknown authority";

/**
 * Returns why no signatures lead from a server's certificate to one of the roots, by the rules and in the words of Go's
 * `x509.Certificate.Verify`, which ignores the key usage of the server's own certificate, and tries every authority that
 * has the name of the issuer. Where authorities restrict names, their signatures do not count: OpenSSL has to decide that.
 *
 * @param leaf - the server's certificate, of which everything else has been checked
 * @param others - what the server sent with its certificate
 * @param now - milliseconds since 1970
 * @returns undefined if they do
 */
export function authorityFault(
  leaf: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  now: number,
): string | undefined {
  if (roots.some((root) => isSame(root, leaf))) {
    return undefined;
  }
  let checks = 0;
  const faultAbove = (chain: readonly Certificate[]): string | undefined => {
    const child = chain.at(-1) ?? leaf;
    let hint = "";
    let fault: string | undefined;
    const isIssuer = (candidate: Certificate): boolean =>
      Buffer.compare(candidate.subject.raw, child.issuer.raw) === 0 &&
      !chain.some((link) => isSame(link, candidate));
    const issuers = [
      ...roots.filter(isIssuer).map((candidate) => ({ candidate, isRoot: true })),
      ...others.filter(isIssuer).map((candidate) => ({ candidate, isRoot: false })),
    ];
    for (const { candidate, isRoot } of issuers) {
      checks++;
      if (checks > MAX_CHECKS) {
        return "x509: signature check attempts limit reached while verifying certificate chain";
      }
      const reason = issuerFault(child, candidate, { isRoot, below: chain.length - 1, now });
      if (reason !== undefined) {
        hint ||= describeCandidate(reason, candidate);
        continue;
      }
      fault = isRoot ? undefined : faultAbove([...chain, candidate]);
      if (fault === undefined) {
        return undefined;
      }
    }
    return fault ?? UNKNOWN + hint;
  };
  return faultAbove([leaf]);
}

/** Describes the first authority that could have been the issuer, as Go's `UnknownAuthorityError` does. */
function describeCandidate(reason: string, { subject }: Certificate): string {
  const name = commonName(subject) || organization(subject);
  return reason === "" || name === ""
    ? ""
    : ` (possibly because of ${goQuote(reason)} while trying to verify candidate authority certificate ${goQuote(name)})`;
}

/**
 * Returns why a certificate is not that of an issuer, in the words of Go's `CheckSignatureFrom` and `isValid`; `""` where Go has
 * other words, or none.
 */
function issuerFault(
  child: Certificate,
  parent: Certificate,
  { isRoot, below, now }: { readonly isRoot: boolean; readonly below: number; readonly now: number },
): string | undefined {
  const { extensions } = parent;
  const { basicConstraints } = extensions;
  if (basicConstraints?.isAuthority === false || !maySignCertificates(extensions)) {
    return "x509: invalid signature: parent certificate cannot sign this kind of certificate";
  }
  if (!isSignedBy(child, parent)) {
    return SIGNATURE_FAULTS[parent.publicKey.kind];
  }
  const time = timeFault(parent, now);
  if (time !== undefined) {
    return time;
  }
  if (below > (basicConstraints?.maxPathLength ?? Infinity)) {
    return "x509: too many intermediates for path length constraint";
  }
  const isUsable =
    mayServe(parent) &&
    extensions.unhandledCritical.length === 0 &&
    !extensions.hasNameConstraints &&
    (basicConstraints !== undefined || isRoot);
  return isUsable ? undefined : "";
}

const SIGNATURE_FAULTS: Readonly<Record<Certificate["publicKey"]["kind"], string>> = {
  rsa: "crypto/rsa: verification error",
  ec: "x509: ECDSA verification failure",
  ed25519: "x509: Ed25519 verification failure",
  other: "",
};

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

/** Returns why a certificate is not valid now, in the words of Go's `CertificateInvalidError`; undefined if it is. */
export function timeFault({ notBefore, notAfter }: Certificate, now: number): string | undefined {
  const words = (relation: string, limit: number): string =>
    `x509: certificate has expired or is not yet valid: current time ${rfc3339(now)} is ${relation} ${rfc3339(limit)}`;
  if (now < notBefore) {
    return words("before", notBefore);
  }
  // Certificates have whole seconds, and are good until the end of the last.
  return now >= notAfter + 1000 ? words("after", notAfter) : undefined;
}

function rfc3339(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}

function isSame(one: Certificate, other: Certificate): boolean {
  return Buffer.compare(one.raw, other.raw) === 0;
}
