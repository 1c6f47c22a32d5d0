import { createPrivateKey } from "node:crypto";
import { KEYS } from "../fuzz/der-seeds.ts";
import { readPrivateKey, UNUSABLE } from "../../src/x509/private-key.ts";

const der = (name: string): Buffer => Buffer.from(KEYS[name] ?? "", "base64");

const USABLE = Object.keys(KEYS).filter((name) =>
  /^(?:prime256v1|secp(?:224|384|521)r1|rsa\d|ed25519)/.test(name),
);

test.each(USABLE)("%s is written in PKCS #8 as OpenSSL writes it", (name) => {
  const key = readPrivateKey(der(name));
  const type = name.endsWith("SEC 1") ? "sec1" : name.endsWith("PKCS #1") ? "pkcs1" : "pkcs8";
  const own = createPrivateKey({ key: der(name), format: "der", type });
  expect(key === undefined || key === UNUSABLE ? key : Buffer.from(key.pkcs8)).toEqual(
    own.export({ format: "der", type: "pkcs8" }),
  );
});

test.each([
  "dsa, PKCS #8",
  "dsa, traditional",
  "ed448, PKCS #8",
  "encrypted, PKCS #8",
  "explicit, PKCS #8",
  "explicit, SEC 1",
  "rsapss, PKCS #8",
  "secp256k1, SEC 1",
])("%s is refused, as by Go", (name) => {
  expect(readPrivateKey(der(name))).toBeUndefined();
});

test("a key for key agreement is known, but of no use", () => {
  expect(readPrivateKey(der("x25519, PKCS #8"))).toBe(UNUSABLE);
});

/** Byte by byte, as kubectl 1.36.3 takes or refuses it. */
test.each([
  ["a scalar that reaches to the end", "prime256v1, PKCS #8", [2, 1, 1, 4, 0x20], 4, 0x66],
  ["a version that no EC key has", "prime256v1, SEC 1", [2, 1, 1, 4, 0x20], 2, 2],
  ["an unknown curve", "prime256v1, SEC 1", [0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7], 7, 9],
  ["a length of needless octets", "prime256v1, SEC 1", [0x30, 0x77], 0, 0x31],
  ["parameters where there must be none", "ed25519, PKCS #8", [0x30, 5, 6, 3], 1, 7],
  ["a version after RSA's", "rsa1024, PKCS #1", [2, 1, 0], 2, 2],
])("%s is refused", (_name, key, pattern, offset, byte) => {
  const bytes = der(key);
  bytes[bytes.indexOf(Buffer.from(pattern)) + offset] = byte;
  expect(readPrivateKey(bytes)).toBeUndefined();
});

test.each([
  ["an RSA key with another prime", "rsa1024, PKCS #1", 150],
  ["an RSA key with another exponent", "rsa1024, PKCS #1", 400],
])("%s is refused: its numbers do not fit together", (_name, key, from) => {
  const bytes = der(key);
  bytes[from] = (bytes[from] ?? 0) ^ 2;
  const read = readPrivateKey(bytes);
  // Go does not look at the private exponent itself, which it does not calculate with.
  expect(read === undefined || from < 280).toBe(true);
});

test("what follows a key is passed over, but not in PKCS #1, as in Go", () => {
  const rest = Buffer.from([5, 0]);
  const reads = (name: string): boolean => readPrivateKey(Buffer.concat([der(name), rest])) !== undefined;
  expect([reads("prime256v1, SEC 1"), reads("prime256v1, PKCS #8"), reads("rsa1024, PKCS #1")]).toEqual([
    true,
    true,
    false,
  ]);
});
