import { goQuote } from "../go/quote.ts";
import type { Extensions } from "./extensions.ts";
import { NO_EXTENSIONS, readExtension, withExtension } from "./extensions.ts";
import { constructedTag, contextTag, DerReader, TAG } from "./der.ts";
import type { Name } from "./name.ts";
import { readName } from "./name.ts";
import type { PublicKey } from "./public-key.ts";
import { readAlgorithm, readPublicKey } from "./public-key.ts";
import { readTime } from "./time.ts";
import { X509Error } from "./x509-error.ts";

/** A certificate whose every part has been read. */
export interface Certificate {
  /** DER. */
  readonly raw: Uint8Array;
  /** The object identifier of the signature algorithm. */
  readonly signatureAlgorithm: string;
  readonly issuer: Name;
  readonly subject: Name;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  /** Milliseconds since 1970: the last second of its validity. */
  readonly notAfter: number;
  readonly publicKey: PublicKey;
  readonly extensions: Extensions;
}

/**
 * Reads a certificate by the rules of Go 1.26's `x509.ParseCertificate`, without Node: nothing that Go refuses ever
 * reaches OpenSSL, and errors have Go's words.
 *
 * @throws X509Error
 */
export function readCertificate(der: Uint8Array): Certificate {
  const outer = new DerReader(der);
  const raw = outer.element(TAG.sequence);
  if (raw === undefined) {
    throw new X509Error("x509: malformed certificate");
  }
  const input = new DerReader(raw.content);
  const tbs = required(input.nested(TAG.sequence), "malformed tbs certificate");
  const version = readVersion(tbs);
  if (required(tbs.integer(), "malformed serial number") < 0n) {
    throw new X509Error("x509: negative serial number");
  }
  const signature = required(tbs.content(TAG.sequence), "malformed signature algorithm identifier");
  const outerSignature = required(input.content(TAG.sequence), "malformed algorithm identifier");
  if (Buffer.compare(signature, outerSignature) !== 0) {
    throw new X509Error("x509: inner and outer signature algorithm identifiers don't match");
  }
  const signatureAlgorithm = readAlgorithm(new DerReader(signature)).oid;
  const issuer = readName(required(tbs.element(TAG.sequence), "malformed issuer"));
  const validity = required(tbs.nested(TAG.sequence), "malformed validity");
  const notBefore = readTime(validity);
  const notAfter = readTime(validity);
  // Go says "issuer" here too.
  const subject = readName(required(tbs.element(TAG.sequence), "malformed issuer"));
  const keyInfo = required(tbs.nested(TAG.sequence), "malformed spki");
  const algorithm = required(keyInfo.nested(TAG.sequence), "malformed public key algorithm identifier");
  const keyAlgorithm = readAlgorithm(algorithm);
  const publicKey = readPublicKey(keyAlgorithm, required(keyInfo.bitString(), "malformed subjectPublicKey"));
  const extensions = version < 2 ? NO_EXTENSIONS : readRest(tbs, version);
  required(input.bitString(), "malformed signature");
  if (!outer.isEmpty) {
    throw new X509Error("x509: trailing data");
  }
  return {
    raw: raw.whole,
    signatureAlgorithm,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    extensions,
  };
}

/** Reads a certificate; undefined if it cannot be read. */
export function tryCertificate(der: Uint8Array): Certificate | undefined {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof X509Error) {
      return undefined;
    }
    throw error;
  }
}

/** Returns 1, 2 or 3; the certificate stores one less. */
function readVersion(tbs: DerReader): number {
  if (tbs.peek() !== constructedTag(0)) {
    return 1;
  }
  const field = tbs.nested(constructedTag(0));
  const version = field?.integer();
  if (version === undefined || version < 0n || field?.isEmpty !== true) {
    throw new X509Error("x509: malformed version");
  }
  if (version > 2n) {
    throw new X509Error("x509: invalid version");
  }
  return Number(version) + 1;
}

/** Reads what follows the public key. */
function readRest(tbs: DerReader, version: number): Extensions {
  for (const [number, name] of [
    [1, "issuerUniqueID"],
    [2, "subjectUniqueID"],
  ] as const) {
    if (tbs.peek() === contextTag(number)) {
      required(tbs.any(), `malformed ${name}`);
    }
  }
  if (version < 3 || tbs.peek() !== constructedTag(3)) {
    return NO_EXTENSIONS;
  }
  const list = required(tbs.nested(constructedTag(3))?.nested(TAG.sequence), "malformed extensions");
  const read = [];
  const seen = new Set<string>();
  while (!list.isEmpty) {
    const extension = readExtension(required(list.nested(TAG.sequence), "malformed extension"));
    if (seen.has(extension.oid)) {
      throw new X509Error(
        `x509: certificate contains duplicate extension with OID ${goQuote(extension.oid)}`,
      );
    }
    seen.add(extension.oid);
    read.push(extension);
  }
  return read.reduce(withExtension, NO_EXTENSIONS);
}

function required<T>(value: T | undefined, words: string): T {
  if (value === undefined) {
    throw new X509Error(`x509: ${words}`);
  }
  return value;
}
