// oxlint-disable-next-line import/no-unassigned-import -- @peculiar/x509 does not load without it.
import "../support/reflect-metadata.ts";
import { randomBytes, webcrypto } from "node:crypto";
import { cryptoProvider, Extension, PemConverter, X509CertificateGenerator } from "@peculiar/x509";
import type { Identity } from "../support/certificates.ts";

/** The content of a certificate. The parts are DER, and need not be well-formed. */
export interface CertificateShape {
  /** The value of the extension subjectAltName; one that names 127.0.0.1 and localhost if not given. */
  readonly names?: Uint8Array;
  /** Object identifiers of the extended key usage; no such extension if not given. */
  readonly extendedUsages?: readonly Uint8Array[];
  /** The bits of the key usage, as the first byte of the bit string; no such extension if not given. */
  readonly usage?: number;
  /** It has basic constraints, with this value for CA. */
  readonly authority?: boolean;
  /** The subject's and the issuer's common name. */
  readonly commonName?: string;
}

cryptoProvider.set(webcrypto);

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

let keys: Promise<webcrypto.CryptoKeyPair> | undefined;

/** Makes a certificate that signs itself, with odd parts. All have the same key: keys take time. */
export async function selfSigned(shape: CertificateShape): Promise<Identity> {
  keys ??= webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const pair = await keys;
  const extensions = [
    new Extension("2.5.29.17", false, shape.names ?? LOOPBACK),
    ...(shape.extendedUsages === undefined
      ? []
      : [new Extension("2.5.29.37", false, sequence(...shape.extendedUsages.map((id) => tlv(0x06, id))))]),
    ...(shape.usage === undefined
      ? []
      : [new Extension("2.5.29.15", true, tlv(0x03, new Uint8Array([0, shape.usage])))]),
    ...(shape.authority === undefined
      ? []
      : [
          new Extension(
            "2.5.29.19",
            true,
            shape.authority ? sequence(tlv(0x01, new Uint8Array([0xff]))) : sequence(),
          ),
        ]),
  ];
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: `4${randomBytes(8).toString("hex").slice(1)}`,
    name: `CN=${shape.commonName ?? "attack"}`,
    keys: pair,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 864_000_000),
    extensions,
  });
  return {
    certificate: certificate.toString("pem"),
    key: PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", pair.privateKey), "PRIVATE KEY"),
  };
}

/** Returns the length of something in DER. */
export function derLength(length: number): Uint8Array {
  if (length < 0x80) {
    return new Uint8Array([length]);
  }
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
    bytes.unshift(rest % 256);
  }
  return new Uint8Array([0x80 | bytes.length, ...bytes]);
}

export function tlv(tag: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from([tag]), derLength(content.length), content]);
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return tlv(0x30, Buffer.concat(parts));
}

const LOOPBACK = sequence(tlv(0x87, new Uint8Array([127, 0, 0, 1])), tlv(0x82, Buffer.from("localhost")));
