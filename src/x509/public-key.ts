import type { Curve } from "./curves.ts";
import { curveOf, isOnCurve } from "./curves.ts";
import { DerReader, rightAligned, TAG, unsigned } from "./der.ts";
import type { BitString } from "./der.ts";
import { X509Error } from "./x509-error.ts";

/** The public key of a certificate, by kind; `other` for those that no client certificate can have in Go. */
export type PublicKey =
  | { readonly kind: "rsa"; readonly modulus: bigint; readonly exponent: bigint }
  | { readonly kind: "ec"; readonly curve: Curve; readonly point: Uint8Array }
  | { readonly kind: "ed25519"; readonly point: Uint8Array }
  | { readonly kind: "other" };

export const KEY_OID = {
  rsa: "1.2.840.113549.1.1.1",
  ec: "1.2.840.10045.2.1",
  ed25519: "1.3.101.112",
  x25519: "1.3.101.110",
  dsa: "1.2.840.10040.4.1",
} as const;

/** The algorithm of a key or of a signature. */
export interface Algorithm {
  readonly oid: string;
  /** The whole element; undefined if there is none. */
  readonly parameters: Uint8Array | undefined;
}

/**
 * Reads an algorithm.
 *
 * @throws X509Error
 */
export function readAlgorithm(reader: DerReader): Algorithm {
  const oid = reader.oid();
  if (oid === undefined) {
    throw new X509Error("x509: malformed OID");
  }
  if (reader.isEmpty) {
    return { oid, parameters: undefined };
  }
  const parameters = reader.any()?.whole;
  if (parameters === undefined) {
    throw new X509Error("x509: malformed parameters");
  }
  return { oid, parameters };
}

/**
 * Reads the public key of a certificate. Go's `x509.parsePublicKey`.
 *
 * @throws X509Error
 */
export function readPublicKey({ oid, parameters }: Algorithm, bits: BitString): PublicKey {
  const data = rightAligned(bits);
  switch (oid) {
    case KEY_OID.rsa:
      return readRsa(parameters, data);
    case KEY_OID.ec:
      return readEc(parameters, data);
    case KEY_OID.ed25519:
      if (parameters !== undefined) {
        throw new X509Error("x509: Ed25519 key encoded with illegal parameters");
      }
      if (data.length !== 32) {
        throw new X509Error("x509: wrong Ed25519 public key size");
      }
      return { kind: "ed25519", point: data };
    case KEY_OID.dsa:
      checkDsa(parameters, data);
      return { kind: "other" };
    default:
      return { kind: "other" };
  }
}

const MAX_INT = 2n ** 63n - 1n;

function readRsa(parameters: Uint8Array | undefined, data: Uint8Array): PublicKey {
  if (parameters?.length !== 2 || parameters[0] !== TAG.null) {
    throw new X509Error("x509: RSA key missing NULL parameters");
  }
  const fields = new DerReader(data).nested(TAG.sequence);
  if (fields === undefined) {
    throw new X509Error("x509: invalid RSA public key");
  }
  const modulus = fields.integer();
  if (modulus === undefined) {
    throw new X509Error("x509: invalid RSA modulus");
  }
  const exponent = fields.integer();
  if (exponent === undefined || exponent > MAX_INT || exponent < -MAX_INT) {
    throw new X509Error("x509: invalid RSA public exponent");
  }
  if (modulus <= 0n) {
    throw new X509Error("x509: RSA modulus is not a positive number");
  }
  if (exponent <= 0n) {
    throw new X509Error("x509: RSA public exponent is not a positive number");
  }
  return { kind: "rsa", modulus, exponent };
}

function readEc(parameters: Uint8Array | undefined, point: Uint8Array): PublicKey {
  const oid = new DerReader(parameters ?? new Uint8Array()).oid();
  if (oid === undefined) {
    throw new X509Error("x509: invalid ECDSA parameters");
  }
  const curve = curveOf(oid);
  if (curve === undefined) {
    throw new X509Error("x509: unsupported elliptic curve");
  }
  checkPoint(curve, point);
  return { kind: "ec", curve, point };
}

/** Checks a point, with the words of Go's crypto/ecdsa, which lack the prefix `x509: `. */
function checkPoint(curve: Curve, point: Uint8Array): void {
  const { size, p, goName } = curve;
  if (point[0] !== 4) {
    throw new X509Error("ecdsa: invalid uncompressed public key");
  }
  if (point.length !== 1 + 2 * size) {
    throw new X509Error(`invalid ${goName} point encoding`);
  }
  const [x, y] = [unsigned(point.subarray(1, 1 + size)), unsigned(point.subarray(1 + size))];
  if (x >= p || y >= p) {
    // Go's assembly for this curve has other words than its generated code for the others.
    throw new X509Error(`invalid ${goName === "P256" ? "P256 element" : `${goName}Element`} encoding`);
  }
  if (!isOnCurve(curve, x, y)) {
    throw new X509Error(`${goName} point not on curve`);
  }
}

function checkDsa(parameters: Uint8Array | undefined, data: Uint8Array): void {
  const y = new DerReader(data).integer();
  if (y === undefined) {
    throw new X509Error("x509: invalid DSA public key");
  }
  const fields = new DerReader(parameters ?? new Uint8Array()).nested(TAG.sequence);
  const numbers = [fields?.integer(), fields?.integer(), fields?.integer()];
  if (numbers.includes(undefined)) {
    throw new X509Error("x509: invalid DSA parameters");
  }
  if ([y, ...numbers].some((number) => number === undefined || number <= 0n)) {
    throw new X509Error("x509: zero or negative DSA parameter");
  }
}
