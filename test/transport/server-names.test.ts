import { nameFault, readShown } from "../../src/transport/verify-server.ts";
import type { Authority } from "../support/certificates.ts";
import { createAuthority } from "../support/certificates.ts";

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority();
});

/** As Go's `x509.Certificate.VerifyHostname` has it. */
const table: readonly (readonly [pattern: string, name: string, isGood: boolean])[] = [
  ["api.test", "api.test", true],
  ["api.test", "API.test", true],
  ["api.test", "api.test.", true],
  ["api.test", "pi.test", false],
  ["*.test", "api.test", true],
  ["*.test", "a.api.test", false],
  ["*.test", "test", false],
  ["a*.test", "api.test", false],
  ["api.*", "api.test", false],
  // A bare star is no name of a host, nor a pattern for one.
  ["*", "localhost", false],
  ["*", "api", false],
  ["*", "api.", false],
  ["*", "api.test", false],
  ["*.", "localhost", false],
  ["*", "127.0.0.1", false],
  ["*", "::1", false],
  ["127.0.0.1", "127.0.0.1", true],
  ["127.0.0.1", "127.0.0.2", false],
];

test.each(table)("a certificate for %s is good for %s: %s", async (pattern, name, isGood) => {
  const { certificate } = await authority.issue({ commonName: name, hosts: [pattern] });
  const [, base64 = ""] = /-----\n([^-]+)-----/.exec(certificate) ?? [];
  const [shown] = readShown([Buffer.from(base64, "base64")]);
  if (shown === undefined) {
    throw new Error("no certificate");
  }
  expect(nameFault(shown, name) === undefined).toBe(isGood);
});
