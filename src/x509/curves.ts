/** An elliptic curve in Weierstrass form with a = -3, as all curves of Go's crypto/x509. */
export interface Curve {
  readonly oid: string;
  /** OpenSSL's name. */
  readonly name: string;
  /** The name in Go's errors. */
  readonly goName: string;
  /** The bytes of a coordinate or a private key. */
  readonly size: number;
  /** The field's prime. */
  readonly p: bigint;
  readonly b: bigint;
  /** The order of the group: private keys are less. */
  readonly n: bigint;
}

const CURVES: readonly Curve[] = [
  {
    oid: "1.3.132.0.33",
    name: "secp224r1",
    goName: "P224",
    size: 28,
    p: 0xffffffffffffffffffffffffffffffff000000000000000000000001n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
    n: 0xffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3dn,
  },
  {
    oid: "1.2.840.10045.3.1.7",
    name: "prime256v1",
    goName: "P256",
    size: 32,
    p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
    n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  },
  {
    oid: "1.3.132.0.34",
    name: "secp384r1",
    goName: "P384",
    size: 48,
    p: 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffffn,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
    n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  },
  {
    oid: "1.3.132.0.35",
    name: "secp521r1",
    goName: "P521",
    size: 66,
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
    n: 0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
];

/** Returns the curve of an object identifier; undefined for one that Go does not know. */
export function curveOf(oid: string | undefined): Curve | undefined {
  return CURVES.find((curve) => curve.oid === oid);
}

/** Reports whether a point, both of whose coordinates are below the prime, is on the curve. */
export function isOnCurve({ p, b }: Curve, x: bigint, y: bigint): boolean {
  return (y * y - (x * x * x - 3n * x + b)) % p === 0n;
}
