import type { Group } from "./credential.ts";
import { credential } from "./credential.ts";
import { pem } from "./pem.ts";

export function pair(certificate: string, key: string, more = ""): string {
  return credential(
    `{${more}"clientCertificateData":${JSON.stringify(certificate)},"clientKeyData":${JSON.stringify(key)}}`,
  );
}

function file(name: string): string {
  return pem[name] ?? "";
}

/** A PEM block of other text under another title. */
function retitled(name: string, from: string, to: string): string {
  return file(name).replaceAll(from, to);
}

const kinds = ["rsa", "ec224", "ec256", "ec384", "ec521", "k1", "ed25519", "ed448", "rsapss"];

function withKey(certificate: string, key: string): readonly [name: string, stdout: string] {
  return [`a ${certificate} certificate, a ${key} key`, pair(file(`${certificate}.crt`), file(`${key}.key`))];
}

/** Certificates and keys that fit together or do not, in good and bad PEM. */
export const certificates: Group = [
  ...kinds
    .flatMap((certificate) => kinds.map((key) => withKey(certificate, key)))
    .filter(
      // Go's TLS has no use for a certificate of this curve, although it can be read.
      ([name]) => name !== "a ec224 certificate, a ec224 key",
    ),
  ["an rsa certificate, another rsa key", pair(file("rsa.crt"), file("rsa-other.key"))],
  ["a certificate and a token", pair(file("rsa.crt"), file("rsa.key"), '"token":"t",')],
  ...[
    "rsa.pkcs1",
    "rsa.encrypted",
    "rsa.encrypted8",
    "rsa.pub",
    "rsa.crt",
    "x25519.key",
    "ec256.params",
    "ec256.sec1",
  ].map((name): [string, string] => [`the key file ${name}`, pair(file("rsa.crt"), file(name))]),
  ["an ec key in SEC 1", pair(file("ec256.crt"), file("ec256.sec1"))],
  ["an ec key with parameters before it", pair(file("ec256.crt"), file("ec256.params"))],
  ["a negative serial number", pair(file("negserial.crt"), file("rsa.key"))],
  ["the two exchanged", pair(file("rsa.key"), file("rsa.crt"))],
  ["two keys", pair(file("rsa.key"), file("rsa.key"))],
  ["two certificates", pair(file("rsa.crt"), file("rsa.crt"))],
  ["no PEM", pair("x", "y")],
  ["only the key is no PEM", pair(file("rsa.crt"), "y")],
  ["only the certificate is no PEM", pair("x", file("rsa.key"))],
  ["a chain", pair(file("rsa.crt") + file("ec256.crt"), file("rsa.key"))],
  ["a chain in the wrong order", pair(file("ec256.crt") + file("rsa.crt"), file("rsa.key"))],
  ["a key before the certificate", pair(file("rsa.key") + file("rsa.crt"), file("rsa.key"))],
  ["a certificate before the key", pair(file("rsa.crt"), file("rsa.crt") + file("rsa.key"))],
  ["two keys, the good one first", pair(file("rsa.crt"), file("rsa.key") + file("rsa-other.key"))],
  ["two keys, the good one last", pair(file("rsa.crt"), file("rsa-other.key") + file("rsa.key"))],
  ["text before the certificate", pair(file("rsa.text"), file("rsa.key"))],
  ["CRLF", pair(file("rsa.crt").replaceAll("\n", "\r\n"), file("rsa.key").replaceAll("\n", "\r\n"))],
  ["no newline at the end", pair(file("rsa.crt").trimEnd(), file("rsa.key").trimEnd())],
  ["spaces at the ends of lines", pair(file("rsa.crt").replaceAll("\n", " \t\n"), file("rsa.key"))],
  ["spaces at the starts of lines", pair(file("rsa.crt").replaceAll("\n", "\n  "), file("rsa.key"))],
  ["base64 in one line", pair(file("rsa.crt").replaceAll(/(?<!-)\n(?!-)/g, ""), file("rsa.key"))],
  ["everything in one line", pair(file("rsa.crt").replaceAll("\n", ""), file("rsa.key"))],
  ["everything in one line with spaces", pair(file("rsa.crt").replaceAll("\n", " "), file("rsa.key"))],
  ["base64 with a line too few", pair(file("rsa.crt").replace(/\n[^\n]{64}\n/, "\n"), file("rsa.key"))],
  ["base64 with a character too few", pair(file("rsa.crt").replace(/\n[^\n-]/, "\n"), file("rsa.key"))],
  ["base64 with a character that is none", pair(file("rsa.crt").replace(/\n[^\n-]/, "\n*"), file("rsa.key"))],
  ["headers", pair(file("rsa.crt").replace("-----\n", "-----\nA: b\nC:d\n\n"), file("rsa.key"))],
  [
    "headers without an empty line",
    pair(file("rsa.crt").replace("-----\n", "-----\nA: b\n"), file("rsa.key")),
  ],
  [
    "a certificate called X509 CERTIFICATE",
    pair(retitled("rsa.crt", "CERTIFICATE", "X509 CERTIFICATE"), file("rsa.key")),
  ],
  [
    "a certificate called TRUSTED CERTIFICATE",
    pair(retitled("rsa.crt", "CERTIFICATE", "TRUSTED CERTIFICATE"), file("rsa.key")),
  ],
  [
    "a PKCS 8 key called RSA PRIVATE KEY",
    pair(file("rsa.crt"), retitled("rsa.key", "PRIVATE", "RSA PRIVATE")),
  ],
  ["a PKCS 1 key called PRIVATE KEY", pair(file("rsa.crt"), retitled("rsa.pkcs1", "RSA PRIVATE", "PRIVATE"))],
  [
    "a PKCS 1 key called EC PRIVATE KEY",
    pair(file("rsa.crt"), retitled("rsa.pkcs1", "RSA PRIVATE", "EC PRIVATE")),
  ],
  ["a key called MY PRIVATE KEY", pair(file("rsa.crt"), retitled("rsa.key", "PRIVATE", "MY PRIVATE"))],
  ["a key called MYPRIVATE KEY", pair(file("rsa.crt"), retitled("rsa.key", "PRIVATE", "MYPRIVATE"))],
  ["a key called KEY", pair(file("rsa.crt"), retitled("rsa.key", "PRIVATE KEY", "KEY"))],
  ["an END of another title", pair(file("rsa.crt").replace("END CERTIFICATE", "END CERT"), file("rsa.key"))],
  ["an END with text after it", pair(`${file("rsa.crt").trimEnd()} x`, file("rsa.key"))],
  ["no END", pair(file("rsa.crt").replace(/-----END.*/s, ""), file("rsa.key"))],
  ["a BEGIN without an END before", pair(`-----BEGIN CERTIFICATE-----\n${file("rsa.crt")}`, file("rsa.key"))],
  ["a BEGIN in the middle of a line", pair(`x${file("rsa.crt")}`, file("rsa.key"))],
  ["a BEGIN with too few dashes", pair(file("rsa.crt").slice(1), file("rsa.key"))],
  ["an empty block", pair("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", file("rsa.key"))],
  [
    "an empty block before the certificate",
    pair(`-----BEGIN X-----\n-----END X-----\n${file("rsa.crt")}`, file("rsa.key")),
  ],
  [
    "a broken block before the certificate",
    pair(`-----BEGIN X-----\n*\n-----END X-----\n${file("rsa.crt")}`, file("rsa.key")),
  ],
  [
    "a certificate that is no certificate",
    pair("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", file("rsa.key")),
  ],
  ["a certificate with more after it", pair(lengthened("rsa.crt", "CERTIFICATE"), file("rsa.key"))],
  ["a key with more after it", pair(file("rsa.crt"), lengthened("rsa.key", "PRIVATE KEY"))],
  [
    "a key that is no key",
    pair(file("rsa.crt"), "-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n"),
  ],
];

function lengthened(name: string, title: string): string {
  const der = Buffer.from(file(name).replaceAll(/-----[^\n]*\n/g, ""), "base64");
  return `-----BEGIN ${title}-----\n${Buffer.concat([der, Buffer.from([0])]).toString("base64")}\n-----END ${title}-----\n`;
}
