import { decodeExecCredential } from "../../../src/codec/exec-credential/decode-exec-credential.ts";
import { ExecCredentialError } from "../../../src/codec/exec-credential/decode-exec-credential.ts";
import { KcfgError } from "../../../src/errors.ts";
import { randomText } from "../random-bytes.ts";
import type { FuzzTarget } from "../target.ts";
import { expected, SECRET } from "../target.ts";

const VERSIONS = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

const EXAMPLES = [
  ...VERSIONS.map(
    (version) =>
      `{"apiVersion":"${version}","kind":"ExecCredential","spec":{"interactive":false},"status":{"token":"${SECRET}","expirationTimestamp":"2030-01-01T00:00:00Z"}}`,
  ),
  `apiVersion: ${VERSIONS[0]}\nkind: ExecCredential\nstatus:\n  token: ${SECRET}\n`,
  `{"apiVersion":"${VERSIONS[0]}","kind":"ExecCredential","status":{"clientCertificateData":"-----BEGIN CERTIFICATE-----\\nQUJD\\n-----END CERTIFICATE-----\\n","clientKeyData":"${SECRET}"}}`,
];

const TOKENS = [
  ...'apiVersion kind spec status token expirationTimestamp clientKeyData null true 1e400 -0 [ ] { } , : " \\'.split(
    " ",
  ),
  ..."\\ud800 \\u0000 \0 \ufeff \n --- # ' & * !!str 0001-01-01T00:00:00Z 9999-12-31T23:59:60Z +99:99 Token".split(
    " ",
  ),
];

export const target: FuzzTarget = {
  name: "exec-credential",
  cases: 110_000,
  make: (random, corpus) => randomText(random, EXAMPLES, TOKENS, corpus),
  run: (input) => {
    for (const version of VERSIONS) {
      try {
        decodeExecCredential(input, version);
      } catch (error) {
        expected(error, [ExecCredentialError, KcfgError], Buffer.from(input).toString());
      }
    }
  },
};
