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
  // Only PKCS #1 may have nothing after it.
  const types =
    data.length === der.length ? (["pkcs1", "pkcs8", "sec1"] as const) : (["pkcs8", "sec1"] as const);
  for (const type of types) {
    const key = tryKey(data, type);
    if (key?.asymmetricKeyType === "x25519") {
      throw new KeyPairError("tls: found unknown private key type in PKCS#8 wrapping");
    }
    if (key !== undefined && isKnownKey(key)) {
      return key;
    }
  }
  throw new KeyPairError("tls: failed to parse private key");
}

function tryKey(der: Buffer, type: "pkcs1" | "pkcs8" | "sec1"): KeyObject | undefined {
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
