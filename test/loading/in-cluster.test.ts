import { AuthInfo } from "../../src/api/auth-info.ts";
import { Cluster } from "../../src/api/cluster.ts";
import { ConfigOverrides } from "../../src/api/overrides.ts";
import { newTlsClientConfig, RestConfig } from "../../src/api/rest-config.ts";
import { inCluster, inClusterConfig, inClusterNamespace, isInCluster } from "../../src/loading/in-cluster.ts";
import type { FakeMachine } from "../support/fake-host.ts";
import { fakeHost } from "../support/fake-host.ts";
import { standIns } from "./resolve/certificates.ts";

const FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount";
const CA = `${FOLDER}/ca.crt`;
const TOKEN = `${FOLDER}/token`;
const env = { KUBERNETES_SERVICE_HOST: "10.0.0.1", KUBERNETES_SERVICE_PORT: "443" };
const files: FakeMachine["files"] = { [TOKEN]: "of-pod", [CA]: standIns["ca.crt"] ?? "" };

const unwarned = (text: string): never => {
  throw new Error(`warned: ${text}`);
};

describe("a process in a pod", () => {
  test("is known by the environment and the token", () => {
    expect(isInCluster(fakeHost({ env, files }))).toBe(true);
    expect(isInCluster(fakeHost({ env }))).toBe(false);
    expect(isInCluster(fakeHost({ env, files: { [`${TOKEN}/x`]: "" } }))).toBe(false);
    expect(isInCluster(fakeHost({ env: { ...env, KUBERNETES_SERVICE_PORT: "" }, files }))).toBe(false);
    expect(isInCluster(fakeHost({ env: { KUBERNETES_SERVICE_PORT: "443" }, files }))).toBe(false);
  });

  test("has a configuration by its service account", () => {
    expect(inClusterConfig(fakeHost({ env, files }), unwarned)).toEqual(
      new RestConfig({
        host: "https://10.0.0.1:443",
        bearerToken: "of-pod",
        bearerTokenFile: TOKEN,
        tls: newTlsClientConfig({ caFile: CA }),
      }),
    );
  });

  test.each([
    ["::1", "https://[::1]:443"],
    ["fd00::1%eth0", "https://[fd00::1%eth0]:443"],
    ["kubernetes.default", "https://kubernetes.default:443"],
  ])("finds the server %s", (KUBERNETES_SERVICE_HOST, host) => {
    const machine = fakeHost({ env: { ...env, KUBERNETES_SERVICE_HOST }, files });
    expect(inClusterConfig(machine, unwarned).host).toBe(host);
  });

  test("must have a token", () => {
    expect(() => inClusterConfig(fakeHost({ env }), unwarned)).toThrow(
      `open ${TOKEN}: no such file or directory`,
    );
  });

  test("must be told the server", () => {
    expect(() => inClusterConfig(fakeHost({ files }), unwarned)).toThrow(
      "unable to load in-cluster configuration, KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be defined",
    );
  });

  test.each<[what: string, ca: string | undefined, fault: string]>([
    ["is missing", undefined, `open ${CA}: no such file or directory`],
    [
      "is empty",
      "",
      `error creating pool from ${CA}: data does not contain any valid RSA or ECDSA certificates`,
    ],
    [
      "holds no certificate",
      "-----BEGIN THING-----\nAAAA\n-----END THING-----\n",
      `error creating pool from ${CA}: data does not contain any valid RSA or ECDSA certificates`,
    ],
    [
      "holds a broken certificate",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
      `error creating pool from ${CA}: x509: malformed certificate`,
    ],
  ])("goes without a CA that %s, and says so", (_what, ca, fault) => {
    const warnings: string[] = [];
    const machine = fakeHost({ env, files: { [TOKEN]: "t", ...(ca !== undefined && { [CA]: ca }) } });
    const config = inClusterConfig(machine, (text) => warnings.push(text));
    expect(config.tls.caFile).toBe("");
    expect(warnings).toEqual([`Expected to load root CA config from ${CA}, but got err: ${fault}`]);
  });

  test.each<[namespace: string, machine: FakeMachine]>([
    ["env", { env: { POD_NAMESPACE: "env" }, files: { [`${FOLDER}/namespace`]: "file" } }],
    ["file", { files: { [`${FOLDER}/namespace`]: " file\n" } }],
    ["default", { env: { POD_NAMESPACE: "" }, files: { [`${FOLDER}/namespace`]: "\n" } }],
    ["default", {}],
  ])("is in the namespace %s", (namespace, machine) => {
    expect(inClusterNamespace(fakeHost(machine))).toEqual({ namespace, overridden: false });
  });
});

describe("client_config_test.go TestInClusterClientConfigPrecedence: overrides of server, token and CA count", () => {
  const server = "https://host-from-overrides.com";
  const certificateAuthority = "/path/to/ca-from-overrides.crt";
  const own = { host: "https://10.0.0.1:443", bearerToken: "of-pod", bearerTokenFile: TOKEN };

  test.each<[cluster: Partial<Cluster>, user: Partial<AuthInfo>, want: object]>([
    [{ server }, {}, { ...own, host: server, tls: { caFile: CA } }],
    [{}, { token: "t" }, { ...own, bearerToken: "t", bearerTokenFile: "", tls: { caFile: CA } }],
    [{ certificateAuthority }, {}, { ...own, tls: { caFile: certificateAuthority } }],
    [
      { server },
      { token: "t" },
      { host: server, bearerToken: "t", bearerTokenFile: "", tls: { caFile: CA } },
    ],
    [{ server, certificateAuthority }, {}, { ...own, host: server, tls: { caFile: certificateAuthority } }],
    [
      { certificateAuthority },
      { token: "t" },
      { ...own, bearerToken: "t", bearerTokenFile: "", tls: { caFile: certificateAuthority } },
    ],
    [
      { server, certificateAuthority },
      { token: "t" },
      { host: server, bearerToken: "t", bearerTokenFile: "", tls: { caFile: certificateAuthority } },
    ],
    [
      { server, certificateAuthority },
      { token: "token-from-override", tokenFile: "tokenfile-from-override" },
      {
        host: server,
        bearerToken: "token-from-override",
        bearerTokenFile: "tokenfile-from-override",
        tls: { caFile: certificateAuthority },
      },
    ],
    [
      { server, certificateAuthority },
      { tokenFile: "tokenfile-from-override" },
      {
        host: server,
        bearerToken: "",
        bearerTokenFile: "tokenfile-from-override",
        tls: { caFile: certificateAuthority },
      },
    ],
    [{}, {}, { ...own, tls: { caFile: CA } }],
  ])("%j %j", (cluster, user, want) => {
    const overrides = new ConfigOverrides({ cluster: new Cluster(cluster), authInfo: new AuthInfo(user) });
    const around = inCluster(fakeHost({ env, files }), overrides, unwarned);
    expect(around.clientConfig()).toMatchObject(want);
  });
});
