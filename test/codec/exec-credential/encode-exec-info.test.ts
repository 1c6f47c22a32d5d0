import { ExecCredentialStatus } from "../../../src/api/exec-credential.ts";
import { decodeExecCredential } from "../../../src/codec/exec-credential/decode-exec-credential.ts";
import { encodeExecCredential } from "../../../src/codec/exec-credential/encode-exec-info.ts";

const V1 = "client.authentication.k8s.io/v1";

describe("an ExecCredential is written as client-go writes it", () => {
  test.each([
    [{ token: "t" }, '{"token":"t"}'],
    [
      { token: "<t>", expirationTimestamp: Date.parse("2030-01-02T03:04:05.678Z") },
      '{"expirationTimestamp":"2030-01-02T03:04:05Z","token":"\\u003ct\\u003e"}',
    ],
    [
      { clientCertificateData: "a\n", clientKeyData: "b" },
      '{"clientCertificateData":"a\\n","clientKeyData":"b"}',
    ],
    [{}, "{}"],
  ])("%j", (fields, status) => {
    expect(encodeExecCredential(V1, new ExecCredentialStatus(fields))).toBe(
      `{"kind":"ExecCredential","apiVersion":"${V1}","spec":{"interactive":false},"status":${status}}\n`,
    );
  });

  test("what is written can be read again", () => {
    const status = new ExecCredentialStatus({
      token: "t",
      expirationTimestamp: Date.parse("0099-12-31T00:00:00Z"),
      clientCertificateData: "é\u2028",
      clientKeyData: "k",
    });
    expect(decodeExecCredential(Buffer.from(encodeExecCredential(V1, status)), V1)).toEqual(status);
  });
});
