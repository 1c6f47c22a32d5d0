import { decodeExecCredential } from "../../../src/codec/exec-credential/decode-exec-credential.ts";
import { ExecCredentialError } from "../../../src/codec/exec-credential/decode-exec-credential.ts";
import { thrownBy } from "../../support/fake-host.ts";

const V1 = "client.authentication.k8s.io/v1";
const HEAD = `{"kind":"ExecCredential","apiVersion":"${V1}"`;

function refusalOf(stdout: string): string {
  const error = thrownBy(() => decodeExecCredential(Buffer.from(stdout), V1));
  expect(error).toBeInstanceOf(ExecCredentialError);
  return (error as Error).message;
}

describe("what a plugin printed is refused in words that say where and what, but do not repeat it", () => {
  test.each([
    [`${HEAD},"status":{"token":1}}`, "decoding stdout: status.token must be a string, not a number"],
    [`${HEAD},"status":{"token":["a"]}}`, "decoding stdout: status.token must be a string, not a list"],
    [`${HEAD},"status":"a"}`, "decoding stdout: status must be a mapping, not text"],
    [
      `${HEAD},"status":{"token":"t","expirationTimestamp":"soon"}}`,
      "decoding stdout: status.expirationTimestamp must be a time such as 2006-01-02T15:04:05Z (RFC 3339)",
    ],
    [
      `${HEAD},"status":{"token":"t","expirationTimestamp":5}}`,
      "decoding stdout: status.expirationTimestamp must be a time, not a number",
    ],
    [
      `${HEAD},"spec":{"cluster":{"certificate-authority-data":"*"}}}`,
      "decoding stdout: spec.cluster.certificate-authority-data must be base64 text, not text",
    ],
    ["hello", "decoding stdout: couldn't get version/kind; expected an ExecCredential, found text"],
    ["[1]", "decoding stdout: couldn't get version/kind; expected an ExecCredential, found a list"],
    [`${HEAD}} x`, "decoding stdout: couldn't get version/kind; invalid JSON at character 74"],
    ["a: b: c", "decoding stdout: neither JSON nor YAML at line 1, column 5"],
    [
      '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1alpha1"}',
      'decoding stdout: no kind "ExecCredential" is registered for version "client.authentication.k8s.io/v1alpha1"',
    ],
    [
      '{"kind":"Token","apiVersion":"a"}',
      `decoding stdout: the kind is not ExecCredential, or the apiVersion not ${V1} or v1beta1`,
    ],
  ])("%s", (stdout, message) => {
    expect(refusalOf(stdout)).toBe(message);
  });
});

describe("no text is too much for it", () => {
  const million = 1_000_000;
  test.each([
    ["escapes", `${HEAD},"status":{"token":"${"\\n".repeat(4 * million)}"}}`],
    ["a long text", `${HEAD},"status":{"token":"${"x".repeat(16 * million)}"}}`],
    ["brackets", `${HEAD},"x":${"[".repeat(8 * million)}`],
    ["white space", " ".repeat(16 * million)],
    ["spaces in JSON", `${HEAD},"x":${" ".repeat(16 * million)}1}`],
    ["spaces in YAML", `a:${" ".repeat(16 * million)}b`],
    ["empty lines", `a${"\n".repeat(16 * million)}b: c`],
    ["members", `${HEAD}${',"a":1'.repeat(million)},"status":{"token":"t"}}`],
    ["lines", "a\n".repeat(4 * million)],
    ["a list in YAML", "- a\n".repeat(million)],
    ["quotes", '"'.repeat(16 * million)],
    ["braces", "{".repeat(16 * million)],
  ])("16 MB of %s", (_what, stdout) => {
    try {
      decodeExecCredential(Buffer.from(stdout), V1);
    } catch (error) {
      expect(error).toBeInstanceOf(ExecCredentialError);
    }
  });
});
