import { AuthInfo, AuthProviderConfig } from "../../src/api/auth-info.ts";
import type { AuthInfoFields } from "../../src/api/auth-info.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import type { ExecConfigFields, ExecInteractiveMode } from "../../src/api/exec.ts";
import { credentialBefore, execFaults } from "../../src/clientcmd/exec-faults.ts";

const exec = new ExecConfig({
  command: "plug",
  apiVersion: "client.authentication.k8s.io/v1",
  interactiveMode: "Never",
});
const data = Uint8Array.of(1);

describe("a plugin that is well configured has no faults", () => {
  test.each<[what: string, fields: Partial<AuthInfoFields>]>([
    ["alone", {}],
    ["v1beta1", { exec: exec.with({ apiVersion: "client.authentication.k8s.io/v1beta1" }) }],
    ["beside a token", { token: "t" }],
    ["beside a certificate", { clientCertificateData: data, clientKey: "/k" }],
    ["beside an impersonated user", { impersonate: "x", impersonateUid: "1" }],
    ["none", { exec: undefined, token: "t", username: "u" }],
  ])("%s", (_what, fields) => {
    expect(execFaults("u", new AuthInfo({ exec, ...fields }))).toEqual([]);
  });
});

describe("faults have client-go's words", () => {
  const suffix = "must be specified for u to use exec authentication plugin";
  test.each<[changes: Partial<ExecConfigFields>, faults: readonly string[]]>([
    [{ command: "" }, [`command ${suffix}`]],
    [{ apiVersion: "", interactiveMode: "" }, [`apiVersion ${suffix}`, `interactiveMode ${suffix}`]],
    [{ env: [{ name: "", value: "s3cr3t" }] }, [`env variable name ${suffix}`]],
    [{ interactiveMode: "never" as ExecInteractiveMode }, ['invalid interactiveMode for u: "never"']],
    [
      { apiVersion: "client.authentication.k8s.io/v1alpha1" },
      ['exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1"'],
    ],
    [{ apiVersion: "x", command: "" }, [`command ${suffix}`]],
  ])("%j", (changes, faults) => {
    expect(execFaults("u", new AuthInfo({ exec: exec.with(changes) }))).toEqual(faults);
  });

  test.each<[fields: Partial<AuthInfoFields>, fault: string]>([
    [
      { authProvider: new AuthProviderConfig({ name: "p" }) },
      "authProvider cannot be provided in combination with an exec plugin for u",
    ],
    [
      { token: "t", password: "p" },
      "more than one authentication method found for u; found [token basicAuth], only one is allowed",
    ],
    [
      { clientCertificate: "/c" },
      "client-key-data or client-key must be specified for u to use the clientCert authentication method.",
    ],
    [
      { clientCertificate: "/c", clientCertificateData: data, clientKey: "/k" },
      "client-cert-data and client-cert are both specified for u. client-cert-data will override.",
    ],
    [
      { clientCertificate: "/c", clientKeyData: data, clientKey: "/k" },
      "client-key-data and client-key are both specified for u; client-key-data will override",
    ],
    [{ impersonateGroups: ["g"] }, "requesting uid, groups or user-extra for u without impersonating a user"],
  ])("%j", (fields, fault) => {
    expect(execFaults("u", new AuthInfo({ exec, ...fields }))).toEqual([fault]);
  });
});

describe("what kubectl uses instead of a plugin", () => {
  test.each<[fields: Partial<AuthInfoFields>, credential: string | undefined]>([
    [{}, undefined],
    [{ token: "t" }, "token"],
    [{ tokenFile: "/t" }, "token"],
    [{ username: "u" }, "password"],
    [{ password: "p" }, undefined],
    [{ clientCertificateData: data, clientKeyData: data }, "client certificate"],
    [{ clientKeyData: data }, undefined],
  ])("beside %j: %j", (fields, credential) => {
    expect(credentialBefore(new AuthInfo({ exec, ...fields }))).toBe(credential);
  });
});
