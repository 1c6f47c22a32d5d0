import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { decodePem } from "../../src/go/pem.ts";
import { readCertificate } from "../../src/x509/certificate.ts";
import { commonName } from "../../src/x509/name.ts";
import { CERTIFICATES } from "../fuzz/der-seeds.ts";

const der = (name: string): Buffer => Buffer.from(CERTIFICATES[name] ?? "", "base64");

test("the authorities of the web are read as Node reads them", () => {
  const read = rootCertificates
    .flatMap((pem) => decodePem(pem).blocks)
    .map(({ bytes }) => readCertificate(bytes));
  const own = rootCertificates.map((pem) => new X509Certificate(pem));
  expect(read.map(({ notBefore, notAfter }) => [notBefore, notAfter])).toEqual(
    own.map(({ validFrom, validTo }) => [Date.parse(validFrom), Date.parse(validTo)]),
  );
  expect(read.map(({ extensions }) => extensions.basicConstraints?.isAuthority ?? false)).toEqual(
    own.map(({ ca }) => ca),
  );
});

test.each(Object.keys(CERTIFICATES).filter((name) => !["odd", "secp256k1", "explicit"].includes(name)))(
  "a certificate with a key of kind %s is read",
  (name) => {
    const { subject, extensions } = readCertificate(der(name));
    expect([
      commonName(subject),
      extensions.dnsNames,
      extensions.ipAddresses.map((ip) => Buffer.from(ip)),
    ]).toEqual([name, ["localhost"], [Buffer.from([127, 0, 0, 1])]]);
  },
);

/** In the words of kubectl 1.36.3, given the same certificates. */
test.each([
  ["odd", "x509: cannot parse IP address of length 5"],
  ["secp256k1", "x509: unsupported elliptic curve"],
  ["explicit", "x509: invalid ECDSA parameters"],
])("the certificate %s is refused", (name, words) => {
  expect(() => readCertificate(der(name))).toThrow(words);
});

test.each([
  ["nothing", Buffer.alloc(0), "x509: malformed certificate"],
  ["an empty sequence", Buffer.from([0x30, 0]), "x509: malformed tbs certificate"],
  ["a length beyond the end", Buffer.from([0x30, 5, 0x30, 0]), "x509: malformed certificate"],
  ["something after the end", Buffer.concat([der("ed25519"), Buffer.from([0])]), "x509: trailing data"],
  ["a part", der("ed25519").subarray(0, 200), "x509: malformed certificate"],
])("%s is no certificate", (_name, bytes, words) => {
  expect(() => readCertificate(bytes)).toThrow(words);
});

test.each([
  ["prefix", 2, "ecdsa: invalid uncompressed public key"],
  ["coordinate", undefined, "P256 point not on curve"],
])("a point with another %s is refused", (_name, byte, words) => {
  const bytes = der("prime256v1");
  const point = bytes.indexOf(Buffer.from([0x03, 0x42, 0, 4])) + 3;
  bytes[byte === undefined ? point + 5 : point] = byte ?? (bytes[point + 5] ?? 0) ^ 1;
  expect(() => readCertificate(bytes)).toThrow(words);
});
