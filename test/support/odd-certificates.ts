// oxlint-disable-next-line import/no-unassigned-import -- @peculiar/x509 does not load without it.
import "./reflect-metadata.ts";
import { webcrypto } from "node:crypto";
import {
  BasicConstraintsExtension,
  Extension,
  PemConverter,
  X509CertificateGenerator,
  cryptoProvider,
} from "@peculiar/x509";
import { encodeDer } from "../../src/x509/der.ts";

/** The oddities of a certificate. */
export interface Odd {
  /** The whole list of alternative names, DER in hexadecimal digits; spaces do not count. */
  readonly names?: string;
  /** DNS names; for 127.0.0.1 if neither is given. */
  readonly dns?: readonly string[];
  /** Object identifier, whether it is critical, and the value in hexadecimal digits. */
  readonly extensions?: readonly (readonly [string, boolean, string])[];
}

/** A server's certificate, its key, the authority that signed it, and another of the same name that did not; all PEM. */
export interface OddCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
  readonly other: string;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 86_400_000;

cryptoProvider.set(webcrypto);

export async function oddCertificate({ names, dns, extensions = [] }: Odd): Promise<OddCertificate> {
  const dates = { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + DAY) };
  const createAuthority = async (name: string) => {
    const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
    const certificate = await X509CertificateGenerator.createSelfSigned({
      serialNumber: "01",
      name,
      keys,
      signingAlgorithm: ALGORITHM,
      extensions: [new BasicConstraintsExtension(true, undefined, true)],
      ...dates,
    });
    return { keys, certificate: certificate.toString("pem") };
  };
  const authority = await createAuthority("CN=odd authority");
  const other = await createAuthority("CN=another authority");
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const list =
    names === undefined
      ? encodeDer(
          0x30,
          ...(dns === undefined
            ? [encodeDer(0x87, Buffer.from([127, 0, 0, 1]))]
            : dns.map((name) => encodeDer(0x82, Buffer.from(name, "latin1")))),
        )
      : Buffer.from(names.replaceAll(" ", ""), "hex");
  const certificate = await X509CertificateGenerator.create({
    serialNumber: "02",
    issuer: "CN=odd authority",
    subject: "CN=odd",
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new Extension("2.5.29.17", false, new Uint8Array(list)),
      ...extensions.map(
        ([oid, critical, value]) =>
          new Extension(oid, critical, new Uint8Array(Buffer.from(value.replaceAll(" ", ""), "hex"))),
      ),
    ],
    ...dates,
  });
  return {
    certificate: certificate.toString("pem"),
    key: PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY"),
    authority: authority.certificate,
    other: other.certificate,
  };
}
