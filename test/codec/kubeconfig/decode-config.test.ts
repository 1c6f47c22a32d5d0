import { AuthInfo, AuthProviderConfig } from "../../../src/api/auth-info.ts";
import { Cluster } from "../../../src/api/cluster.ts";
import { newConfig, newContext } from "../../../src/api/config.ts";
import { ExecConfig } from "../../../src/api/exec.ts";
import { decodeConfig } from "../../../src/codec/kubeconfig/decode-config.ts";
import { encodeConfig } from "../../../src/codec/kubeconfig/encode-config.ts";
import { ConfigParseError } from "../../../src/errors.ts";
import { thrownBy } from "../../support/fake-host.ts";

describe("a kubeconfig is read field by field", () => {
  test("with the spellings of v1", () => {
    const config = decodeConfig(
      `
preferences: {colors: true, extensions: [{name: p, extension: [1, a]}]}
clusters:
- name: c
  cluster:
    server: https://x
    tls-server-name: sni
    insecure-skip-tls-verify: yes
    certificate-authority: ca
    certificate-authority-data: Y2E=
    proxy-url: http://p
    disable-compression: true
    extensions: [{name: e, extension: {b: 1, a: null}}]
users:
- name: u
  user:
    client-certificate: c
    client-certificate-data: Yw==
    client-key: k
    client-key-data: aw==
    token: t
    tokenFile: tf
    as: a
    as-uid: ai
    as-groups: [g1, g2]
    as-user-extra: {k: [v1, v2], nil: null}
    username: un
    password: pw
    auth-provider: {name: oidc, config: {a: b}}
    exec:
      command: cmd
      args: [a1]
      env: [{name: NAME, value: V}]
      apiVersion: client.authentication.k8s.io/v1
      installHint: hint
      provideClusterInfo: true
      interactiveMode: Never
contexts:
- name: x
  context: {cluster: c, user: u, namespace: ns}
current-context: x
extensions: [{name: top, extension: text}]
`,
      "f",
    );
    const locationOfOrigin = "f";
    expect(config).toEqual(
      newConfig({
        preferences: { colors: true, extensions: new Map([["p", [1, "a"]]]) },
        clusters: new Map([
          [
            "c",
            new Cluster({
              locationOfOrigin,
              server: "https://x",
              tlsServerName: "sni",
              insecureSkipTlsVerify: true,
              certificateAuthority: "ca",
              certificateAuthorityData: Buffer.from("ca"),
              proxyUrl: "http://p",
              disableCompression: true,
              extensions: new Map([
                [
                  "e",
                  new Map<string, number | null>([
                    ["b", 1],
                    ["a", null],
                  ]),
                ],
              ]),
            }),
          ],
        ]),
        authInfos: new Map([
          [
            "u",
            new AuthInfo({
              locationOfOrigin,
              clientCertificate: "c",
              clientCertificateData: Buffer.from("c"),
              clientKey: "k",
              clientKeyData: Buffer.from("k"),
              token: "t",
              tokenFile: "tf",
              impersonate: "a",
              impersonateUid: "ai",
              impersonateGroups: ["g1", "g2"],
              impersonateUserExtra: new Map([
                ["k", ["v1", "v2"]],
                ["nil", undefined],
              ]),
              username: "un",
              password: "pw",
              authProvider: new AuthProviderConfig({ name: "oidc", config: new Map([["a", "b"]]) }),
              exec: new ExecConfig({
                command: "cmd",
                args: ["a1"],
                env: [{ name: "NAME", value: "V" }],
                apiVersion: "client.authentication.k8s.io/v1",
                installHint: "hint",
                provideClusterInfo: true,
                interactiveMode: "Never",
              }),
            }),
          ],
        ]),
        contexts: new Map([
          ["x", newContext({ locationOfOrigin, cluster: "c", authInfo: "u", namespace: "ns" })],
        ]),
        currentContext: "x",
        extensions: new Map([["top", "text"]]),
      }),
    );
    expect(decodeConfig(encodeConfig(config), "f")).toEqual(config);
  });

  test.each([
    "",
    "\n",
    "# only a comment",
    "~",
    "null",
    "{}",
    "apiVersion: v1\nkind: Config",
    "clusters: null\nusers: []",
  ])("%j is an empty config", (text) => {
    expect(decodeConfig(text)).toEqual(newConfig());
  });

  test("names that are dangerous in JavaScript objects are names like any other", () => {
    const { clusters } = decodeConfig(
      "clusters: [{name: __proto__, cluster: {server: x}}, {name: constructor}]",
    );
    expect([...clusters.keys()]).toEqual(["__proto__", "constructor"]);
    expect(({} as { server?: unknown }).server).toBeUndefined();
  });

  test.each([
    ["client.authentication.k8s.io/v1beta1", "IfAvailable"],
    ["client.authentication.k8s.io/v1alpha1", "IfAvailable"],
    ["client.authentication.k8s.io/v1", ""],
    ["", ""],
  ])("the interactive mode of %j defaults to %j", (apiVersion, want) => {
    const { authInfos } = decodeConfig(`users: [{name: u, user: {exec: {apiVersion: "${apiVersion}"}}}]`);
    expect(authInfos.get("u")?.exec?.interactiveMode).toBe(want);
  });
});

describe("what kubectl refuses is refused, with place and mend", () => {
  test.each([
    ["kind: Pod", 'no kind "Pod" is registered for version "v1"', 1, 7],
    ["KIND: Pod", 'no kind "Pod" is registered for version "v1"', undefined, undefined],
    ["apiVersion: v2", 'no kind "Config" is registered for version "v2"', 1, 13],
    ["apiVersion: v1\napiversion: v2", 'no kind "Config" is registered for version "v2"', 1, 13],
    ["apiVersion: a/b/c", "unexpected GroupVersion string: a/b/c", 1, 13],
    ["apiVersion: apps/", "Object 'apiVersion' is missing", 1, 13],
    ["[1]", "couldn't get version/kind; a kubeconfig must be a mapping", 1, 1],
    ["kind: 1", "couldn't get version/kind; kind must be a string", 1, 7],
    ["clusters:\n- name: 1", "clusters[0].name: expected a string, found a number", 2, 9],
    ["clusters: {}", "clusters: expected a list, found a mapping", 1, 11],
    // Of two faults the first in order, as in kubectl.
    ["current-context: 1\ncontexts: {a: 1}", "contexts: expected a list, found a mapping", 2, 11],
    ["users:\n- user: {token: yes}", "users[0].user.token: expected a string, found a boolean", 2, 17],
    ["users: [{user: {exec: []}}]", "users[0].user.exec: expected a mapping, found a list", 1, 23],
    [
      "users: [{user: {client-key-data: 'YQ'}}]",
      "users[0].user.client-key-data: illegal base64 data at input byte 0",
      1,
      34,
    ],
    [
      "users: [{user: {client-key-data: [256]}}]",
      "users[0].user.client-key-data[0]: expected a number from 0 to 255, found a number",
      1,
      35,
    ],
    ["preferences: {colors: 'true'}", "preferences.colors: expected a boolean, found a string", 1, 23],
  ])("%j", (text, reason, line, column) => {
    const error = thrownBy(() => decodeConfig(text, "the-file"));
    expect(error).toBeInstanceOf(ConfigParseError);
    expect(error).toMatchObject({
      reason,
      file: "the-file",
      position: line === undefined ? undefined : { line, column },
    });
    expect((error as Error).message).toContain('error loading config file "the-file": ');
  });

  test("a duplicate name, in every list, without the list's content", () => {
    const lists = [
      [
        "clusters: [{name: a}, {name: b}, {name: a, cluster: {server: hunter2}}]",
        "NamedCluster",
        "*api.Cluster",
      ],
      ["users: [{name: a}, {name: a, user: {token: hunter2}}]", "NamedAuthInfo", "*api.AuthInfo"],
      ["contexts: [{}, {context: {namespace: hunter2}}]", "NamedContext", "*api.Context"],
      [
        "extensions: [{name: a, extension: 1}, {name: a, extension: hunter2}]",
        "NamedExtension",
        "runtime.Object",
      ],
    ];
    for (const [text = "", element = "", entry = ""] of lists) {
      const error = thrownBy(() => decodeConfig(text)) as Error;
      expect(error.message).toContain(
        `error converting *[]${element} into *map[string]${entry}: duplicate name`,
      );
      expect(error.message).not.toContain("hunter2");
    }
  });

  test("an extension's name may stand twice while it is null", () => {
    const { extensions } = decodeConfig(
      "extensions: [{name: a}, {name: a, extension: null}, {name: a, extension: 1}]",
    );
    expect([...extensions]).toEqual([["a", 1]]);
  });

  test("a value that is nested deeper than Go's decoder goes", () => {
    expect(decodeConfig(nested(9_999))).toEqual(newConfig());
    expect(thrownBy(() => decodeConfig(nested(10_000)))).toMatchObject({ code: "ConfigParse" });
  });
});

/** A document with a field that kubectl does not know, nested this deep. */
function nested(depth: number): string {
  return `unknown: ${"[".repeat(depth)}${"]".repeat(depth)}`;
}
