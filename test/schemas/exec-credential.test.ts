import * as fc from "fast-check";
import { ExecCredentialStatus } from "../../src/api/exec-credential.ts";
import { decodeExecCredential } from "../../src/codec/exec-credential/decode-exec-credential.ts";
import { encodeExecCredential, encodeExecInfo } from "../../src/codec/exec-credential/encode-exec-info.ts";
import { validatorOf, valueOf } from "./schema.ts";

const VERSIONS = ["v1", "v1beta1"] as const;
const validators = {
  v1: validatorOf("schemas/exec-credential-v1.schema.json"),
  v1beta1: validatorOf("schemas/exec-credential-v1beta1.schema.json"),
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const KEY = "-----BEGIN EC PRIVATE KEY-----\nMIIB\n-----END EC PRIVATE KEY-----\n";

const rarely = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 15, arbitrary: right },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, 1, "", "x", [], {}) },
  );
const part = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  rarely(fc.record(fields, { requiredKeys: [] }));
const number = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, "0"));
const time = fc
  .tuple(number(13), number(32), number(25), number(60), fc.constantFrom("Z", "+01:00", "-23:59", ".5Z", "z"))
  .map(([month, day, hour, minute, zone]) => `2030-${month}-${day}T${hour}:${minute}:00${zone}`);

describe.each(VERSIONS)("of client.authentication.k8s.io/%s", (version) => {
  const apiVersion = `client.authentication.k8s.io/${version}`;
  const faultsOf = validators[version];
  const places = (fields: string): readonly string[] =>
    faultsOf(valueOf(`apiVersion: ${apiVersion}\nkind: ExecCredential\n${fields}`)).map(
      ({ instancePath }) => instancePath,
    );

  test("what clients ask is valid, with and without a cluster", () => {
    const cluster = {
      server: "https://a",
      tlsServerName: "b",
      insecureSkipTlsVerify: true,
      certificateAuthorityData: bytes("c"),
      proxyUrl: "http://d",
      disableCompression: true,
      config: new Map([["audience", "e"]]),
    };
    for (const spec of [
      { interactive: true, cluster: undefined },
      { interactive: false, cluster },
      { interactive: false, cluster: { ...cluster, config: undefined } },
    ]) {
      expect(faultsOf(JSON.parse(encodeExecInfo(apiVersion, spec)))).toEqual([]);
    }
  });

  test("what kcfg prints as a plugin is valid", () => {
    for (const status of [
      new ExecCredentialStatus({ token: "a", expirationTimestamp: Date.UTC(2030, 0, 1) }),
      new ExecCredentialStatus({ clientCertificateData: CERTIFICATE, clientKeyData: KEY }),
    ]) {
      expect(faultsOf(JSON.parse(encodeExecCredential(apiVersion, status)))).toEqual([]);
    }
  });

  test.each([
    ["status: {token: a}"],
    ["spec: {interactive: true}\nstatus: {token: a, expirationTimestamp: null}"],
    ["status: {token: a, expirationTimestamp: '2028-02-29T23:59:59.5+02:00'}"],
    ["spec: {}"],
  ])("these fields are valid: %j", (fields) => {
    expect(places(fields)).toEqual([]);
  });

  test.each([
    ["", ""],
    ["status: null", "/status"],
    ["status: {}", "/status"],
    ["status: {token: ''}", "/status"],
    ["status: {token: 1}", "/status/token"],
    ["status: {Token: a}", "/status"],
    ["Status: {token: a}", ""],
    ["status: {token: a, expirationTimestamp: tomorrow}", "/status/expirationTimestamp"],
    ["status: {token: a, expirationTimestamp: '2027-02-29T00:00:00Z'}", "/status/expirationTimestamp"],
    ["status: {token: a, expirationTimestamp: 1900000000}", "/status/expirationTimestamp"],
    [`status: {clientCertificateData: ${JSON.stringify(CERTIFICATE)}}`, "/status"],
    [`status: {clientKeyData: ${JSON.stringify(KEY)}, token: a}`, "/status"],
    ["status: {token: a, clientCertificateData: LS0tLS1C, clientKeyData: LS0tLS1C}", "/status/clientKeyData"],
    ["spec: {interactive: 'true'}", "/spec/interactive"],
    ["spec: {cluster: {certificate-authority: a}}", "/spec/cluster"],
  ])("these are not: %j, at %j", (fields, place) => {
    expect(places(fields)).toContain(place);
  });

  test("nor is a document of another version or kind", () => {
    const other = version === "v1" ? "v1beta1" : "v1";
    expect(
      validators[other](valueOf(`apiVersion: ${apiVersion}\nkind: ExecCredential\nspec: {}`)),
    ).not.toEqual([]);
    expect(faultsOf(valueOf(`apiVersion: ${apiVersion}\nkind: Config\nspec: {}`))).not.toEqual([]);
  });

  const answer = fc.record(
    {
      apiVersion: fc.constant(apiVersion),
      kind: fc.constant("ExecCredential"),
      spec: part({
        interactive: rarely(fc.boolean()),
        cluster: part({
          server: rarely(fc.string()),
          "certificate-authority-data": rarely(fc.base64String()),
          config: fc.jsonValue(),
        }),
      }),
      status: part({
        token: rarely(fc.string()),
        expirationTimestamp: rarely(time),
        clientCertificateData: rarely(fc.constant(CERTIFICATE)),
        clientKeyData: rarely(fc.constant(KEY)),
        token2: rarely(fc.string()),
      }),
    },
    { requiredKeys: ["apiVersion", "kind", "status"] },
  );

  test("whatever answer is valid is taken, and whatever is taken has unknown fields at most, or what is no PEM", () => {
    let valid = 0;
    fc.assert(
      fc.property(answer, (document) => {
        const faults = faultsOf(document);
        valid += faults.length === 0 ? 1 : 0;
        let taken = true;
        try {
          decodeExecCredential(bytes(JSON.stringify(document)), apiVersion);
        } catch {
          taken = false;
        }
        const isLax = faults.every(
          ({ keyword, instancePath }) =>
            keyword === "additionalProperties" ||
            (keyword === "type" && instancePath.endsWith("certificate-authority-data")) ||
            // Whether a certificate and its key are good is looked at later.
            (keyword === "pattern" && instancePath.startsWith("/status/client")),
        );
        return faults.length === 0 ? taken : !taken || isLax;
      }),
      { numRuns: 2000 },
    );
    expect(valid).toBeGreaterThan(30);
  });
});
