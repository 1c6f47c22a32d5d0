import { createSecureContext } from "node:tls";
import { encodePem } from "../../src/go/pem.ts";
import { KeyPairError, readKeyPair } from "../../src/exec/read-key-pair.ts";
import type { Random } from "./damage.ts";
import { damageDer, damageText, pick } from "./damage.ts";
import { CERTIFICATES, KEYS } from "./der-seeds.ts";

/** A client certificate and a key, both PEM, one of them perhaps damaged. */
export interface KeyCase {
  readonly certificate: string;
  readonly key: string;
}

const TYPES = [
  "PRIVATE KEY",
  "EC PRIVATE KEY",
  "RSA PRIVATE KEY",
  "ENCRYPTED PRIVATE KEY",
  "DSA PRIVATE KEY",
];

export function randomCase(random: Random): KeyCase {
  const [kind, key] = pick(random, Object.entries(KEYS));
  const der = Buffer.from(key, "base64");
  const own = CERTIFICATES[kind.split(",")[0] ?? ""];
  const certificate = random() < 0.8 && own !== undefined ? own : pick(random, Object.values(CERTIFICATES));
  const certificateDer = Buffer.from(certificate, "base64");
  const keyPem = encodePem(pick(random, TYPES), random() < 0.9 ? damageDer(random, der) : der);
  return {
    certificate: encodePem(
      "CERTIFICATE",
      random() < 0.2 ? damageDer(random, certificateDer) : certificateDer,
    ),
    key: random() < 0.1 ? damageText(random, keyPem) : keyPem,
  };
}

/**
 * Reads the pair as a connection does, and passes it to Node if it is one. Returns Go's words for an invalid one, else
 * `""`.
 *
 * @throws any other error: that is a fault of kcfg
 */
export function run({ certificate, key }: KeyCase): string {
  let pair;
  try {
    pair = readKeyPair(certificate, key);
  } catch (error) {
    if (error instanceof KeyPairError) {
      return error.message;
    }
    throw error;
  }
  try {
    createSecureContext({ cert: pair.certificate, key: pair.key() });
  } catch (error) {
    // OpenSSL may refuse a pair that Go accepts, such as one with few bits.
    const { code }: { readonly code?: string } = error as object;
    if (!/^ERR_(?:SSL|OSSL)_/.test(code ?? "")) {
      throw error;
    }
  }
  return "";
}
