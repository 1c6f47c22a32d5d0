import type { KeyObject } from "node:crypto";
import { createPrivateKey } from "node:crypto";
import { derLength } from "./der.ts";
import { KeyPairError } from "./key-pair-error.ts";

/**
 * Reads a key in PKCS #1, PKCS #8 or SEC 1. Go's `tls.parsePrivateKey`.
 *
 * @throws KeyPairError
 */
export function parsePrivateKey(der: Uint8Array): KeyObject {
  const data = Buffer.from(der.buffer, der.byteOffset, derLength(der));
  const type = TYPES.get(tagOfSecondElement(data));
  // PKCS #1 may have nothing after it.
  const key =
    type === undefined || (type === "pkcs1" && data.length < der.length) ? undefined : tryKey(data, type);
  if (key?.asymmetricKeyType === "x25519") {
    throw new KeyPairError("tls: found unknown private key type in PKCS#8 wrapping");
  }
  if (key !== undefined && isKnownKey(key)) {
    return key;
  }
  throw new KeyPairError("tls: failed to parse private key");
}

type KeyType = "pkcs1" | "pkcs8" | "sec1";

/** What follows the version: the modulus of an RSA key, the algorithm of any key, or the octets of an EC key. */
const TYPES: ReadonlyMap<number | undefined, KeyType> = new Map([
  [0x02, "pkcs1"],
  [0x30, "pkcs8"],
  [0x04, "sec1"],
]);

/** The ASN.1 tag of the second element of a sequence. To try the types in turn would take far longer. */
function tagOfSecondElement(der: Uint8Array): number | undefined {
  const width = (der[1] ?? 0) < 0x80 ? 0 : (der[1] ?? 0) & 0x7f;
  const content = der.subarray(2 + width);
  const first = derLength(content);
  return der[0] === 0x30 && first > 0 ? content[first] : undefined;
}

function tryKey(der: Buffer, type: KeyType): KeyObject | undefined {
  try {
    return createPrivateKey({ key: der, format: "der", type });
  } catch {
    return undefined;
  }
}

const CURVES: ReadonlySet<string | undefined> = new Set([
  "secp224r1",
  "prime256v1",
  "secp384r1",
  "secp521r1",
]);

/** Whether Go's crypto/x509 knows the kind of key. */
export function isKnownKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return (
    asymmetricKeyType === "rsa" ||
    asymmetricKeyType === "ed25519" ||
    (asymmetricKeyType === "ec" && CURVES.has(asymmetricKeyDetails?.namedCurve))
  );
}
