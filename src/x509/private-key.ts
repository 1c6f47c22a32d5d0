import { createECDH, createPrivateKey, createPublicKey } from "node:crypto";
import type { Curve } from "./curves.ts";
import { curveOf } from "./curves.ts";
import {
  bitStringOf,
  constructedTag,
  DerReader,
  encodeDer,
  encodeInteger,
  encodeOid,
  oidOf,
  TAG,
  unsigned,
} from "./der.ts";
import type { PublicKey } from "./public-key.ts";
import { KEY_OID } from "./public-key.ts";

/** A private key that Go's crypto/tls can use. */
export interface PrivateKey {
  readonly publicKey: PublicKey;
  /** The key in PKCS #8, re-encoded from its numbers. Secret. */
  readonly pkcs8: Uint8Array;
}

/** A kind of key that Go reads, and that TLS cannot use. */
export const UNUSABLE = Symbol("unusable");

/** OpenSSL accepts no larger RSA key, and arithmetic with larger numbers would take too long. */
const MAX_RSA_BITS = 16_384;

/**
 * Reads a key in PKCS #1, PKCS #8 or SEC 1, by the rules of Go 1.26's `tls.parsePrivateKey`: undefined for what it
 * refuses.
 *
 * No byte of it reaches Node before all of it has been checked: Node 20 and 22 abort the process on some malformed
 * keys.
 */
export function readPrivateKey(der: Uint8Array): PrivateKey | typeof UNUSABLE | undefined {
  return readPkcs1(der) ?? readPkcs8(der) ?? readSec1(der, undefined);
}

function readPkcs1(der: Uint8Array): PrivateKey | undefined {
  const outer = new DerReader(der);
  const fields = outer.nested(TAG.sequence);
  const version = fields?.integer();
  if (fields === undefined || version === undefined || version > 1n || !outer.isEmpty) {
    return undefined;
  }
  const required = [0, 1, 2, 3, 4].map(() => fields.integer());
  const [n, e, d, p, q] = required;
  if (n === undefined || e === undefined || d === undefined || p === undefined || q === undefined) {
    return undefined;
  }
  const optional: bigint[] = [];
  while (optional.length < 3 && fields.peek() === TAG.integer) {
    const number = fields.integer();
    if (number === undefined) {
      return undefined;
    }
    optional.push(number);
  }
  const more = otherPrimes(fields);
  const numbers = [n, e, d, p, q, ...optional, ...(more ?? [])];
  if (more === undefined || numbers.some((number) => number <= 0n || bitLength(number) > MAX_RSA_BITS)) {
    return undefined;
  }
  const publicKey = { kind: "rsa", modulus: n, exponent: e } as const;
  const algorithm = [encodeOid(KEY_OID.rsa), encodeDer(TAG.null)];
  if (more.length > 0) {
    const primes = [p, q, ...more];
    return isManyPrimeKey({ n, e, d }, primes)
      ? { publicKey, pkcs8: encodePkcs8(algorithm, encodeManyPrimes([n, e, d], primes)) }
      : undefined;
  }
  const [dP = d % (p - 1n || 1n), dQ = d % (q - 1n || 1n), qInv = inverse(q, p)] =
    optional.length === 3 ? optional : [];
  return isRsaKey({ n, e, d, p, q, dP, dQ, qInv })
    ? {
        publicKey,
        pkcs8: encodePkcs8(
          algorithm,
          encodeDer(TAG.sequence, ...[0n, n, e, d, p, q, dP, dQ, qInv].map(encodeInteger)),
        ),
      }
    : undefined;
}

interface RsaNumbers {
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dP: bigint;
  readonly dQ: bigint;
  readonly qInv: bigint;
}

/** Checks the numbers of a key, which are positive. Go's `checkPrivateKey`. */
function isRsaKey({ n, e, d, p, q, dP, dQ, qInv }: RsaNumbers): boolean {
  const difference = p > q ? p - q : q - p;
  return (
    n % 2n === 1n &&
    e >= 2n &&
    e % 2n === 1n &&
    e < 2n ** 31n &&
    d < n &&
    p > 2n &&
    q > 2n &&
    p * q === n &&
    dP < p - 1n &&
    dQ < q - 1n &&
    qInv < p &&
    (dP * e) % (p - 1n) === 1n &&
    (dQ * e) % (q - 1n) === 1n &&
    (q * qInv) % p === 1n &&
    bitLength(difference) > Math.floor(bitLength(n) / 2) - 100 &&
    bitLength(d) > Math.floor(bitLength(n) / 2)
  );
}

/** OpenSSL accepts no more, whatever the size of the key. */
const MAX_PRIMES = 5;

/** Reads the primes after the second, which few keys have; undefined if they are malformed. */
function otherPrimes(fields: DerReader): readonly bigint[] | undefined {
  if (fields.peek() !== TAG.sequence) {
    return [];
  }
  const list = fields.nested(TAG.sequence);
  if (list === undefined) {
    return undefined;
  }
  const primes: bigint[] = [];
  while (!list.isEmpty) {
    const factor = list.nested(TAG.sequence);
    const [prime, exponent, coefficient] = [factor?.integer(), factor?.integer(), factor?.integer()];
    if (prime === undefined || exponent === undefined || coefficient === undefined) {
      return undefined;
    }
    primes.push(prime);
  }
  return primes.length > MAX_PRIMES - 2 ? undefined : primes;
}

/**
 * Checks a key of more than two primes, whose numbers are positive. Go does not check these primes, but OpenSSL
 * computes with them.
 */
function isManyPrimeKey({ n, e, d }: Pick<RsaNumbers, "n" | "e" | "d">, primes: readonly bigint[]): boolean {
  return (
    e % 2n === 1n &&
    e >= 3n &&
    e < 2n ** 31n &&
    d < n &&
    primes.every((prime) => prime > 2n && (d * e) % (prime - 1n) === 1n) &&
    primes.reduce((product, prime) => product * prime, 1n) === n
  );
}

function encodeManyPrimes(numbers: readonly bigint[], [p = 0n, q = 0n, ...more]: readonly bigint[]): Buffer {
  const [, , d = 0n] = numbers;
  let product = p * q;
  const factors = more.map((prime) => {
    const factor = [prime, d % (prime - 1n), inverse(product, prime)];
    product *= prime;
    return encodeDer(TAG.sequence, ...factor.map(encodeInteger));
  });
  const all = [1n, ...numbers, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  return encodeDer(TAG.sequence, ...all.map(encodeInteger), encodeDer(TAG.sequence, ...factors));
}

function readPkcs8(der: Uint8Array): PrivateKey | typeof UNUSABLE | undefined {
  const fields = new DerReader(der).nested(TAG.sequence);
  const version = fields?.integer();
  const algorithm = fields?.nested(TAG.sequence);
  const oid = algorithm?.oid();
  const parameters = algorithm?.isEmpty === false ? algorithm.any() : undefined;
  const key = fields?.content(TAG.octetString);
  const isBroken = algorithm?.isEmpty === false && parameters === undefined;
  if (version === undefined || oid === undefined || key === undefined || isBroken) {
    return undefined;
  }
  switch (oid) {
    case KEY_OID.rsa:
      return readPkcs1(key);
    case KEY_OID.ec:
      return readSec1(key, parameters && new DerReader(parameters.whole).oid());
    case KEY_OID.ed25519:
    case KEY_OID.x25519: {
      const seed = new DerReader(key).content(TAG.octetString);
      if (seed?.length !== 32 || parameters !== undefined) {
        return undefined;
      }
      return oid === KEY_OID.x25519 ? UNUSABLE : ed25519Key(seed);
    }
    default:
      return undefined;
  }
}

function ed25519Key(seed: Uint8Array): PrivateKey {
  const pkcs8 = encodePkcs8([encodeOid(KEY_OID.ed25519)], encodeDer(TAG.octetString, seed));
  const point = createPublicKey(createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" }))
    .export({ format: "der", type: "spki" })
    .subarray(-32);
  return { publicKey: { kind: "ed25519", point }, pkcs8 };
}

/**
 * Implements Go's `x509.parseECPrivateKey`.
 *
 * @param outerCurve - the curve that PKCS #8 names, which goes before one that the key names
 */
function readSec1(der: Uint8Array, outerCurve: string | undefined): PrivateKey | undefined {
  const fields = new DerReader(der).nested(TAG.sequence);
  const version = fields?.integer();
  const octets = fields?.content(TAG.octetString);
  if (fields === undefined || version !== 1n || octets === undefined) {
    return undefined;
  }
  const named = fields.optionalField(constructedTag(0), TAG.oid);
  const innerCurve = typeof named === "string" ? undefined : oidOf(named);
  const point = fields.optionalField(constructedTag(1), TAG.bitString);
  if (
    (named !== "absent" && innerCurve === undefined) ||
    (point !== "absent" && (point === "broken" || bitStringOf(point) === undefined))
  ) {
    return undefined;
  }
  const curve = curveOf(outerCurve ?? innerCurve);
  return curve && ecKey(curve, octets);
}

/** Makes a key from its octets. Skips leading zeros and adds missing ones, as Go does for old versions of OpenSSL. */
function ecKey(curve: Curve, octets: Uint8Array): PrivateKey | undefined {
  const { size, n, oid, name } = curve;
  const excess = Math.max(0, octets.length - size);
  if (octets.subarray(0, excess).some((octet) => octet !== 0)) {
    return undefined;
  }
  const scalar = Buffer.alloc(size);
  scalar.set(octets.subarray(excess), size - (octets.length - excess));
  const value = unsigned(scalar);
  if (value === 0n || value >= n) {
    return undefined;
  }
  const ecdh = createECDH(name);
  ecdh.setPrivateKey(scalar);
  const point = ecdh.getPublicKey();
  const sec1 = encodeDer(
    TAG.sequence,
    encodeInteger(1n),
    encodeDer(TAG.octetString, scalar),
    encodeDer(constructedTag(1), encodeDer(TAG.bitString, Buffer.alloc(1), point)),
  );
  return {
    publicKey: { kind: "ec", curve, point },
    pkcs8: encodePkcs8([encodeOid(KEY_OID.ec), encodeOid(oid)], sec1),
  };
}

function encodePkcs8(algorithm: readonly Uint8Array[], key: Uint8Array): Buffer {
  return encodeDer(
    TAG.sequence,
    encodeInteger(0n),
    encodeDer(TAG.sequence, ...algorithm),
    encodeDer(TAG.octetString, key),
  );
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

/** Returns the modular inverse; 0 if there is none. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [value % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (a > 1n && b > 0n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [x, y] = [y, x - quotient * y];
  }
  return a === 1n ? ((x % modulus) + modulus) % modulus : 0n;
}
