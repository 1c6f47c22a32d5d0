// oxlint-disable-next-line import/no-unassigned-import -- @peculiar/x509 does not load without it.
import "./reflect-metadata.ts";
import { randomBytes, webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
  cryptoProvider,
} from "@peculiar/x509";

/** A certificate and its key, both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** The contents of a certificate. */
export interface Wanted {
  readonly commonName: string;
  /** Organizations, which are groups to Kubernetes. */
  readonly organizations?: readonly string[];
  /** Its DNS names and IP addresses. */
  readonly hosts?: readonly string[];
  /** Default: `both`. */
  readonly usage?: "server" | "client" | "both";
  /** Whether its key is one of RSA, good for key exchange too. Default: an elliptic curve. */
  readonly rsa?: boolean;
  /** Default: a day ago. */
  readonly notBefore?: Date;
  /** Default: in ten years. */
  readonly notAfter?: Date;
}

/** A certificate authority that lives as long as the test. */
export interface Authority {
  /** PEM. */
  readonly certificate: string;
  readonly issue: (wanted: Wanted) => Promise<Identity>;
}

const day = 86_400_000;
const curve = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const usages = {
  server: [ExtendedKeyUsage.serverAuth],
  client: [ExtendedKeyUsage.clientAuth],
  both: [ExtendedKeyUsage.serverAuth, ExtendedKeyUsage.clientAuth],
};

cryptoProvider.set(webcrypto);

/** Makes a new certificate authority: elliptic curves, so that a test may make several. */
export async function createAuthority(commonName = "kcfg test CA"): Promise<Authority> {
  const keys = await createKeys();
  const name = `CN=${commonName}`;
  const own = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name,
    keys,
    signingAlgorithm: curve,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + 3650 * day),
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
  return {
    certificate: own.toString("pem"),
    issue: (wanted) => issue(name, keys.privateKey, wanted),
  };
}

async function issue(issuer: string, signingKey: webcrypto.CryptoKey, wanted: Wanted): Promise<Identity> {
  const keys = await createKeys(wanted.rsa);
  const hosts = wanted.hosts ?? [];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial(),
    issuer,
    subject: [
      `CN=${wanted.commonName}`,
      ...(wanted.organizations ?? []).map((organization) => `O=${organization}`),
    ].join(", "),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: curve,
    notBefore: wanted.notBefore ?? new Date(Date.now() - day),
    notAfter: wanted.notAfter ?? new Date(Date.now() + 3650 * day),
    extensions: [
      new BasicConstraintsExtension(false),
      new KeyUsagesExtension(
        KeyUsageFlags.digitalSignature | (wanted.rsa === true ? KeyUsageFlags.keyEncipherment : 0),
        true,
      ),
      new ExtendedKeyUsageExtension(usages[wanted.usage ?? "both"]),
      ...(hosts.length === 0
        ? []
        : [
            new SubjectAlternativeNameExtension(
              hosts.map((value) => ({ type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value })),
            ),
          ]),
    ],
  });
  return {
    certificate: certificate.toString("pem"),
    key: PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY"),
  };
}

async function createKeys(rsa = false): Promise<webcrypto.CryptoKeyPair> {
  const ofRsa = {
    name: "RSASSA-PKCS1-v1_5",
    modulusLength: 2048,
    publicExponent: Uint8Array.of(1, 0, 1),
    hash: "SHA-256",
  };
  return webcrypto.subtle.generateKey(rsa ? ofRsa : curve, true, ["sign", "verify"]);
}

/** Returns a serial number, positive and without a leading zero byte: DER has only one way to write a number. */
function serial(): string {
  return `4${randomBytes(8).toString("hex").slice(1)}`;
}
