import { decodePem } from "../go/pem.ts";
import { ConnectionError } from "../errors.ts";
import type { Certificate } from "../x509/certificate.ts";
import { readCertificate, tryCertificate } from "../x509/certificate.ts";
import { authorityFault, MAX_RSA_BITS, mayServe, timeFault } from "../x509/chain.ts";
import { formatIp, parseIp } from "../x509/san-address.ts";
import { commonName } from "../x509/name.ts";
import { X509Error } from "../x509/x509-error.ts";

/** The requirements for a server's certificate. */
export interface Expected {
  /** The expected name or IP address. */
  readonly name: string;
  /** Returns the trusted authorities, PEM. Called only if they are needed. */
  readonly roots: () => readonly string[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Reads the certificates that a server sent, its own first.
 *
 * @throws ConnectionError for certificates that cannot be used even without verification, in the words of Go's
 *   crypto/tls
 */
export function readShown(ders: readonly Uint8Array[]): readonly Certificate[] {
  try {
    const certificates = ders.map((der) => readCertificate(der));
    const key = certificates[0]?.publicKey;
    if (key?.kind === "rsa" && key.modulus >> BigInt(MAX_RSA_BITS) > 0n) {
      throw new ConnectionError(
        `tls: server sent certificate containing RSA key larger than ${MAX_RSA_BITS} bits`,
      );
    }
    return certificates;
  } catch (error) {
    throw error instanceof X509Error
      ? new ConnectionError(`tls: failed to parse certificate from server: ${error.message}`)
      : error;
  }
}

/**
 * Returns why a server's certificate is not valid for a host; undefined if it is. The order and the words are those of Go's
 * `x509.Certificate.Verify`: extensions, time, name, authority, usage.
 *
 * @param shown - the certificates that the server sent, its own first
 * @param fault - OpenSSL's verdict on the chain, such as `CERT_HAS_EXPIRED`; undefined if it is valid
 */
export function serverFault(
  [certificate, ...others]: readonly Certificate[],
  fault: string | undefined,
  { name, roots, now }: Expected,
): string | undefined {
  if (certificate === undefined) {
    return "tls: received empty certificates message";
  }
  const before = extensionFault(certificate) ?? timeFault(certificate, now) ?? nameFault(certificate, name);
  if (before !== undefined) {
    return before;
  }
  // Node has no code for a key or a signature that is too weak for OpenSSL: keep OpenSSL's verdict.
  if (fault === "UNSPECIFIED") {
    return "x509: certificate signed by unknown authority";
  }
  const authority = fault && authorityFault(certificate, others, trustedBy(roots()), now);
  // OpenSSL accepts the obsolete "server gated crypto" as server usage, Go does not.
  return (
    authority ?? (mayServe(certificate) ? undefined : "x509: certificate specifies an incompatible key usage")
  );
}

/**
 * Parses the trusted authorities, to check again what OpenSSL refuses. OpenSSL requires a key usage that fits TLS, does
 * not support `anyExtendedKeyUsage`, and tries only one of several authorities with the same name; Go differs in each.
 */
function trustedBy(roots: readonly string[]): readonly Certificate[] {
  return roots.flatMap((pem) => decodePem(pem).blocks).flatMap(({ bytes }) => tryCertificate(bytes) ?? []);
}

function extensionFault({ extensions }: Certificate): string | undefined {
  return extensions.unhandledCritical.length === 0 ? undefined : "x509: unhandled critical extension";
}

/** From this many names on, only their number is shown, as in Go. */
const MAX_NAMES_TOLD = 100;

/** Returns why a certificate is not valid for a host. Go's `VerifyHostname`: only its alternative names count. */
export function nameFault(certificate: Certificate, name: string): string | undefined {
  const { dnsNames, ipAddresses, hasAlternativeNames } = certificate.extensions;
  const bare = /^\[.+\]$/s.test(name) ? name.slice(1, -1) : name;
  const address = parseIp(bare);
  const isValid =
    address === undefined
      ? dnsNames.some((pattern) => isNameFor(pattern, name))
      : ipAddresses.some((ip) => formatIp(ip) === formatIp(address));
  if (isValid) {
    return undefined;
  }
  const wanted = address === undefined ? name : bare;
  if (!hasAlternativeNames && matches(commonName(certificate.subject), wanted)) {
    return "x509: certificate relies on legacy Common Name field, use SANs instead";
  }
  if (address !== undefined && ipAddresses.length === 0) {
    return `x509: cannot validate certificate for ${wanted} because it doesn't contain any IP SANs`;
  }
  const valid = address === undefined ? dnsNames : ipAddresses.map(formatIp);
  if (valid.join(", ") === "") {
    return `x509: certificate is not valid for any names, but wanted to match ${wanted}`;
  }
  const kind = address === undefined ? "names" : "IP SANs";
  return valid.length >= MAX_NAMES_TOLD
    ? `x509: certificate is valid for ${valid.length} ${kind}, but none matched ${wanted}`
    : `x509: certificate is valid for ${valid.join(", ")}, not ${wanted}`;
}

/** Reports whether a pattern covers a name. Stars and a trailing dot count only in valid host names; others must be equal. */
function isNameFor(pattern: string, name: string): boolean {
  if (isHostname(name.replace(/\.$/, "")) && isHostname(pattern.replace(/^\*(?=\.|$)/, "x"))) {
    return matches(pattern, name);
  }
  return ![pattern, name].some((text) => text === "" || text === ".") && lower(pattern) === lower(name);
}

/** Compares label by label: a star matches the first label, and only the whole of it. Go's `matchHostnames`. */
function matches(pattern: string, name: string): boolean {
  const [patternLabels, labels] = [lower(pattern), lower(name).replace(/\.$/, "")].map((text) =>
    text.split("."),
  );
  return (
    pattern !== "" &&
    patternLabels !== undefined &&
    labels !== undefined &&
    labels.join(".") !== "" &&
    patternLabels.length === labels.length &&
    labels.every(
      (label, at) =>
        label === patternLabels[at] || (at === 0 && patternLabels[0] === "*" && labels.length > 1),
    )
  );
}

/** Reports whether a string is a host name; allows underscores, which occur in practice. Go's `validHostname`. */
function isHostname(name: string): boolean {
  return name.split(".").every((label) => /^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(label));
}

/** Lower-cases ASCII letters only, as in Go. */
function lower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
