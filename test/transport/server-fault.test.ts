import { webcrypto } from "node:crypto";
import { nameFault, readShown, serverFault } from "../../src/transport/verify-server.ts";
import type { Certificate } from "../../src/x509/certificate.ts";
import type { Extensions } from "../../src/x509/extensions.ts";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";
// What certificates.ts loads first is what this package needs.
import { X509CertificateGenerator } from "@peculiar/x509";

/** A whole second, as certificates have them. */
const NOW = Math.floor(Date.now() / 1000) * 1000;
const SIGNED_BY_NOBODY = "x509: certificate signed by unknown authority";
const WRONG_USAGE = "x509: certificate specifies an incompatible key usage";

let authority: Authority;
let shown: Certificate;

beforeAll(async () => {
  authority = await createAuthority();
  const dates = { notBefore: new Date(NOW - 1000), notAfter: new Date(NOW + 1000) };
  const { certificate } = await authority.issue({ commonName: "c.test", hosts: ["a.test"], ...dates });
  shown = read(certificate);
});

function der(pem: string): Buffer {
  return Buffer.from(/-----\n([^-]+)-----/.exec(pem)?.[1] ?? "", "base64");
}

function read(pem: string): Certificate {
  const [certificate] = readShown([der(pem)]);
  if (certificate === undefined) {
    throw new Error("no certificate");
  }
  return certificate;
}

function having(extensions: Partial<Extensions>): Certificate {
  return { ...shown, extensions: { ...shown.extensions, ...extensions } };
}

function fault(
  certificate: Certificate,
  {
    code,
    name = "a.test",
    now = NOW,
  }: { readonly code?: string; readonly name?: string; readonly now?: number } = {},
): string | undefined {
  return serverFault([certificate], code, { name, now, roots: () => [authority.certificate] });
}

/** A certificate with an RSA key of so many bits that nobody has the private part of. */
async function withRsaKey(bits: number): Promise<Buffer> {
  const modulus = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  modulus[0] = 2 ** (((bits - 1) % 8) + 1) - 1;
  const jwk = { kty: "RSA", n: modulus.toString("base64url"), e: "AQAB" };
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const publicKey = await webcrypto.subtle.importKey("jwk", jwk, algorithm, true, ["verify"]);
  const signing = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const { privateKey } = await webcrypto.subtle.generateKey(signing, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.create({
    publicKey,
    signingKey: privateKey,
    signingAlgorithm: signing,
  });
  return Buffer.from(certificate.rawData);
}

function names(dnsNames: readonly string[], name: string): string | undefined {
  return nameFault(having({ dnsNames }), name);
}

function many(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `n${at}`);
}

describe("what is found first is said first", () => {
  const critical = { unhandledCritical: ["1.2.3"] };
  const usage = { extendedKeyUsages: ["1.3.6.1.5.5.7.3.2"] };

  test("nothing of a good certificate", () => {
    expect(fault(shown)).toBeUndefined();
  });

  test("no certificate at all", () => {
    expect(serverFault([], undefined, { name: "a.test", now: NOW, roots: () => [] })).toBe(
      "tls: received empty certificates message",
    );
  });

  test("extensions, then the time, then the name, then the authority, then the usage", () => {
    const all = having({ ...critical, ...usage, dnsNames: [] });
    expect(fault(all, { code: "UNSPECIFIED" })).toBe("x509: unhandled critical extension");
    expect(fault(all, { now: NOW + 10_000 })).toBe("x509: unhandled critical extension");
    expect(fault(having({ dnsNames: ["b"] }), { now: NOW + 10_000 })).toMatch(
      /^x509: certificate has expired or is not yet valid: current time \S+Z is after /,
    );
    expect(fault(having({ ...usage, dnsNames: ["b"] }), { code: "UNSPECIFIED" })).toBe(
      "x509: certificate is valid for b, not a.test",
    );
    expect(fault(having(usage), { code: "UNSPECIFIED" })).toBe(SIGNED_BY_NOBODY);
    expect(fault(having(usage))).toBe(WRONG_USAGE);
  });

  test("an authority is looked for only where OpenSSL finds a fault, which may be none to Go", () => {
    const stranger = { ...shown, issuer: { ...shown.issuer, raw: Buffer.from("other") } };
    expect(fault(stranger)).toBeUndefined();
    expect(fault(stranger, { code: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY" })).toBe(SIGNED_BY_NOBODY);
    expect(fault(shown, { code: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY" })).toBeUndefined();
    expect(fault(shown, { code: "UNSPECIFIED" })).toBe(SIGNED_BY_NOBODY);
  });
});

describe("what cannot be used at all", () => {
  test("a server's RSA key of more than 8192 bits is refused; those of authorities are not looked at", async () => {
    const [good, large] = await Promise.all([withRsaKey(8192), withRsaKey(8193)]);
    expect(() => readShown([large])).toThrow(
      "tls: server sent certificate containing RSA key larger than 8192 bits",
    );
    expect(readShown([good, large]).map(({ publicKey }) => publicKey.kind)).toEqual(["rsa", "rsa"]);
  });

  test("is refused in the words of Go", () => {
    expect(() => readShown([Buffer.from("x")])).toThrow(
      "tls: failed to parse certificate from server: x509: malformed certificate",
    );
    expect(readShown([])).toEqual([]);
  });
});

describe("names", () => {
  test.each([
    ["a.test", "a.test"],
    ["A.Test", "a.tEST"],
    ["a.test", "a.test."],
    ["*.test", "a.test"],
    ["*.b.test", "a.b.test"],
    ["a_b.test", "a_b.test"],
    ["_a-.test", "_a-.test"],
    // What could be no host's name is compared to the letter, but for case.
    ["a b", "A B"],
    ["*a", "*a"],
    ["é", "é"],
    ["*", "*"],
  ])("one for %s is for %s", (pattern, name) => {
    expect(names(["other", pattern], name)).toBeUndefined();
  });

  test.each([
    ["*", "a"],
    ["*", "a.test"],
    ["*", ""],
    ["*.", "a."],
    ["*.test", "test"],
    ["*.test", ".test"],
    ["*.test", "b.a.test"],
    ["a.*", "a.test"],
    ["a*.test", "a.test"],
    ["*a.test", "xa.test"],
    ["*.*.test", "a.b.test"],
    ["a.test", "a.test.."],
    ["a.test.", "a.test"],
    ["a.test", "b.test"],
    ["a.test", "a.test.evil"],
    ["", ""],
    [".", "."],
    ["", "a"],
    ["*.test", "a b.test"],
    ["*.test", "-.test"],
    ["*.b_.test", "a.b_/.test"],
    ["-a.test", "-A.test."],
    ["É", "é"],
    ["ⒶA", "ⓐa"],
    ["K", "\u212a"],
  ])("one for %j is not for %j", (pattern, name) => {
    expect(names([pattern], name)).toBeDefined();
  });

  test("the common name does not count, and Go says so only where it would have matched", () => {
    const bare = having({ hasAlternativeNames: false, dnsNames: [] });
    expect(nameFault(bare, "c.test")).toBe(
      "x509: certificate relies on legacy Common Name field, use SANs instead",
    );
    expect(nameFault(bare, "d.test")).toBe(
      "x509: certificate is not valid for any names, but wanted to match d.test",
    );
    expect(nameFault(having({ dnsNames: [] }), "c.test")).toBe(
      "x509: certificate is not valid for any names, but wanted to match c.test",
    );
    const dot = { ...shown.subject, attributes: [{ oid: "2.5.4.3", value: "." }] };
    expect(nameFault({ ...bare, subject: dot }, "..")).toMatch("legacy Common Name");
    expect(nameFault({ ...bare, subject: { ...shown.subject, attributes: [] } }, "")).toBe(
      "x509: certificate is not valid for any names, but wanted to match ",
    );
  });

  test("up to 99 names are told", () => {
    expect(names(many(2), "x")).toBe("x509: certificate is valid for n0, n1, not x");
    expect(names(many(99), "x")).toMatch(/^x509: certificate is valid for n0, .*n98, not x$/);
    expect(names(["", ""], "x")).toBe("x509: certificate is valid for , , not x");
    expect(names(many(100), "x")).toBe("x509: certificate is valid for 100 names, but none matched x");
  });
});

describe("addresses", () => {
  const four = Uint8Array.of(10, 0, 0, 1);
  const six = Uint8Array.of(0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

  test.each(["10.0.0.1", "::ffff:10.0.0.1", "[::ffff:a00:1]", "2001::1", "[2001::1]", "[2001:0:0::1]"])(
    "of a certificate for 10.0.0.1 and 2001::1 one is %s",
    (name) => {
      expect(nameFault(having({ dnsNames: [], ipAddresses: [four, six] }), name)).toBeUndefined();
    },
  );

  test.each([
    "10.0.0.2",
    "2001::2",
    "2001::1%eth0",
    "[10.0.0.1",
    "10.0.0.1]",
    "x[2001::1]",
    "[2001::1]x",
    "[]",
  ])("and none is %s", (name) => {
    expect(nameFault(having({ dnsNames: ["x"], ipAddresses: [four, six] }), name)).toBeDefined();
  });

  test("names do not count for an address, nor addresses for a name", () => {
    expect(nameFault(having({ dnsNames: ["10.0.0.1"], ipAddresses: [] }), "10.0.0.1")).toBe(
      "x509: cannot validate certificate for 10.0.0.1 because it doesn't contain any IP SANs",
    );
    expect(nameFault(having({ dnsNames: [], ipAddresses: [four] }), "a.test")).toBe(
      "x509: certificate is not valid for any names, but wanted to match a.test",
    );
  });

  test("what it is for is told without brackets", () => {
    const of = having({ ipAddresses: [four, six] });
    expect(nameFault(of, "[2001::2]")).toBe("x509: certificate is valid for 10.0.0.1, 2001::1, not 2001::2");
    const hundred = having({ ipAddresses: Array.from({ length: 100 }, () => four) });
    expect(nameFault(hundred, "10.0.0.2")).toBe(
      "x509: certificate is valid for 100 IP SANs, but none matched 10.0.0.2",
    );
  });
});
