import type { AuthInfoFields } from "../../src/api/auth-info.ts";
import { AuthInfo } from "../../src/api/auth-info.ts";
import type { ClusterFields } from "../../src/api/cluster.ts";
import { Cluster } from "../../src/api/cluster.ts";
import type { Config, Context } from "../../src/api/config.ts";
import { newConfig, newContext } from "../../src/api/config.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import { ConfigOverrides } from "../../src/api/overrides.ts";
import type { RestConfigFields, TlsClientConfig } from "../../src/api/rest-config.ts";

export interface ClientConfigRow {
  /** The test of client-go that the row is taken from. */
  readonly source: string;
  readonly config: Config;
  /** `""` for the current context. */
  readonly contextName: string;
  readonly overrides: ConfigOverrides;
  readonly files?: Readonly<Record<string, string>>;
  /** Some of the fields of the result. */
  readonly want?: Partial<Omit<RestConfigFields, "tls">> & { readonly tls?: Partial<TlsClientConfig> };
  /** The error, if there is to be none of this. */
  readonly error?: string;
}

const SOURCE = "client_config_test.go ";

/** A config with one context `clean`, whose cluster and user are called so, too. */
function config(
  cluster: Partial<ClusterFields>,
  user: Partial<AuthInfoFields>,
  context: Partial<Context> = {},
): Config {
  return newConfig({
    clusters: new Map([["clean", new Cluster(cluster)]]),
    authInfos: new Map([["clean", new AuthInfo(user)]]),
    contexts: new Map([["clean", newContext({ cluster: "clean", authInfo: "clean", ...context })]]),
    currentContext: "clean",
  });
}

const valid = { server: "https://anything.com:8080" };
const token = { token: "the-token" };
const validTestConfig = config(valid, token);
const caValidTestConfig = config({ ...valid, certificateAuthorityData: Uint8Array.of(0, 0) }, token);
const localhost = { server: "https://localhost:8443" };

function overCluster(fields: Partial<ClusterFields>): ConfigOverrides {
  return new ConfigOverrides({ cluster: new Cluster(fields) });
}

function overDefaults(): ConfigOverrides {
  return new ConfigOverrides({ clusterDefaults: new Cluster({ server: "http://localhost:8080" }) });
}

function row(
  source: string,
  judged: Config,
  overrides: ConfigOverrides,
  outcome: Pick<ClientConfigRow, "want" | "error" | "files">,
  contextName = "clean",
): ClientConfigRow {
  return { source: SOURCE + source, config: judged, contextName, overrides, ...outcome };
}

const impersonate = {
  userName: "alice",
  uid: "abc123",
  groups: ["group-1"],
  extra: new Map([["some-key", ["some-value"]]]),
};

const prefixes: readonly (readonly [server: string, host: string])[] = [
  ["https://anything.com:8080/foo/bar", "https://anything.com:8080/foo/bar"],
  ["http://anything.com:8080/foo/bar", "http://anything.com:8080/foo/bar"],
  ["http://anything.com:8080/foo/bar/", "http://anything.com:8080/foo/bar/"],
  ["http://anything.com:8080/", "http://anything.com:8080/"],
  ["http://anything.com:8080//", "http://anything.com:8080//"],
  ["anything.com:8080/foo/bar", "anything.com:8080/foo/bar"],
  ["anything.com:8080", "anything.com:8080"],
  ["anything.com", "anything.com"],
  ["anything", "anything"],
  ["", "http://localhost:8080"],
];

const proxies: readonly (readonly [what: string, proxyUrl: string, fault?: string])[] = [
  ["no proxy-url", ""],
  ["socks5 proxy-url", "socks5://example.com"],
  ["https proxy-url", "https://example.com"],
  ["http proxy-url", "http://example.com"],
  [
    "bad scheme proxy-url",
    "socks6://example.com",
    '"socks6://example.com" for cluster "clean": unsupported scheme "socks6"',
  ],
  ["no scheme proxy-url", "example.com", '"example.com" for cluster "clean": unsupported scheme ""'],
  // In client-go the words before the @ are shown.
  [
    "not a url proxy-url",
    "chewbacca@example.com",
    '"REDACTED@example.com" for cluster "clean": unsupported scheme ""',
  ],
];

/** client-go's client_config_test.go, as far as it resolves configs. */
export const clientConfigRows: readonly ClientConfigRow[] = [
  row("TestDisableCompression", validTestConfig, overCluster({ disableCompression: true }), {
    want: { disableCompression: true },
  }),
  row("TestInsecureOverridesCA", caValidTestConfig, overCluster({ insecureSkipTlsVerify: true }), {
    want: { tls: { insecure: true, caFile: "", caData: undefined } },
  }),
  row("TestCAOverridesCAData", caValidTestConfig, overCluster({ certificateAuthority: "/my.ca" }), {
    files: { "/my.ca": "" },
    want: { tls: { insecure: false, caFile: "/my.ca", caData: undefined } },
  }),
  row("TestTLSServerName", validTestConfig, overCluster({ tlsServerName: "overridden-server-name" }), {
    want: { tls: { serverName: "overridden-server-name", caFile: "", caData: undefined } },
  }),
  row(
    "TestTLSServerNameClearsWhenServerNameSet",
    validTestConfig,
    overCluster({ server: "http://something" }),
    {
      want: { tls: { serverName: "" } },
    },
  ),
  row(
    "TestFullImpersonateConfig",
    config(localhost, {
      impersonate: "alice",
      impersonateUid: "abc123",
      impersonateGroups: ["group-1"],
      impersonateUserExtra: new Map([["some-key", ["some-value"]]]),
    }),
    overCluster({ server: "http://something" }),
    { want: { impersonate } },
  ),
  row(
    "TestCertificateData",
    config(
      { ...localhost, certificateAuthorityData: Buffer.from("ca-data") },
      { clientCertificateData: Buffer.from("cert-data"), clientKeyData: Buffer.from("key-data") },
    ),
    new ConfigOverrides(),
    {
      want: {
        tls: {
          caData: Buffer.from("ca-data"),
          certData: Buffer.from("cert-data"),
          keyData: Buffer.from("key-data"),
        },
      },
    },
  ),
  ...proxies.map(([what, proxyUrl, fault]) =>
    row(
      `TestProxyURL ${what}`,
      config({ ...localhost, proxyUrl }, {}),
      new ConfigOverrides(),
      fault === undefined
        ? { want: { proxyUrl } }
        : { error: `invalid configuration: invalid 'proxy-url' ${fault}, must be http, https, or socks5` },
    ),
  ),
  row(
    "TestBasicAuthData",
    config(localhost, { username: "myuser", password: "mypass" }),
    new ConfigOverrides(),
    { want: { username: "myuser", password: "mypass" } },
  ),
  row("TestBasicTokenFile", config(localhost, { tokenFile: "/tokenfile" }), new ConfigOverrides(), {
    files: { "/tokenfile": "exampletoken" },
    want: { bearerToken: "exampletoken", bearerTokenFile: "/tokenfile" },
  }),
  row(
    "TestPrecedenceTokenFile",
    config(localhost, { token: "expected", tokenFile: "/tokenfile" }),
    new ConfigOverrides(),
    { files: { "/tokenfile": "exampletoken" }, want: { bearerToken: "expected" } },
  ),
  row("TestCreateClean", validTestConfig, new ConfigOverrides(), {
    want: {
      host: "https://anything.com:8080",
      bearerToken: "the-token",
      tls: { insecure: false, serverName: "" },
    },
  }),
  ...prefixes.map(([server, host]) =>
    row(`TestCreateCleanWithPrefix ${server}`, config({ server }, token), overDefaults(), { want: { host } }),
  ),
  row(
    "TestCreateCleanDefault",
    validTestConfig,
    new ConfigOverrides(),
    { want: { host: "https://anything.com:8080", bearerToken: "the-token" } },
    "",
  ),
  row(
    "TestCreateCleanDefaultCluster",
    validTestConfig,
    overDefaults(),
    { want: { host: "https://anything.com:8080", bearerToken: "the-token" } },
    "",
  ),
  row(
    "TestCreateMissingContextNoDefault",
    validTestConfig,
    new ConfigOverrides(),
    {
      error:
        "invalid configuration: [context was not found for specified context: not-present, cluster has no server defined]",
    },
    "not-present",
  ),
  row(
    "TestCreateMissingContext",
    validTestConfig,
    overDefaults(),
    { error: "invalid configuration: context was not found for specified context: not-present" },
    "not-present",
  ),
  row(
    "TestCreateAuthConfigExecInstallHintCleanup",
    config(valid, token),
    new ConfigOverrides({
      authInfo: new AuthInfo({
        exec: new ExecConfig({
          apiVersion: "client.authentication.k8s.io/v1alpha1",
          command: "some-command",
          installHint: "some install hint with \u001b[1mcontrol chars\u001b[0m\nand a newline",
          interactiveMode: "IfAvailable",
        }),
      }),
    }),
    {
      want: {
        execProvider: new ExecConfig({
          apiVersion: "client.authentication.k8s.io/v1alpha1",
          command: "some-command",
          installHint: "some install hint with U+001B[1mcontrol charsU+001B[0m\nand a newline",
          interactiveMode: "IfAvailable",
        }),
      },
    },
  ),
];

/** One of client-go's tests of what becomes of the raw config. */
export interface MergedRow {
  readonly source: string;
  readonly config: Config;
  readonly contextName: string;
  readonly overrides: ConfigOverrides;
  readonly files?: Readonly<Record<string, string>>;
  /** The whole result. */
  readonly want: Config;
}

const baseUser = {
  clientCertificateData: Buffer.from("base-cert-data"),
  clientKeyData: Buffer.from("base-key-data"),
};
const example = { server: "https://example.com:6443", certificateAuthorityData: Buffer.from("fake-ca-data") };

const modified = newConfig({
  ...validTestConfig,
  clusters: new Map([...validTestConfig.clusters, ["modify", new Cluster(valid)]]),
  authInfos: new Map([...validTestConfig.authInfos, ["modify", new AuthInfo(token)]]),
  contexts: new Map([
    ...validTestConfig.contexts,
    ["modify", newContext({ cluster: "modify", authInfo: "modify", namespace: "modify" })],
  ]),
});

export const mergedRows: readonly MergedRow[] = [
  {
    source: `${SOURCE}TestMergeRawConfigDoOverride`,
    config: modified,
    contextName: "",
    overrides: new ConfigOverrides({
      cluster: new Cluster({ server: "http://localhost:8081" }),
      context: newContext({ namespace: "foobar", cluster: "modify", authInfo: "modify" }),
      authInfo: new AuthInfo({ token: "modified-token" }),
      currentContext: "modify",
    }),
    want: newConfig({
      clusters: new Map([
        ...validTestConfig.clusters,
        ["modify", new Cluster({ server: "http://localhost:8081" })],
      ]),
      authInfos: new Map([
        ...validTestConfig.authInfos,
        ["modify", new AuthInfo({ token: "modified-token" })],
      ]),
      contexts: new Map([
        ...validTestConfig.contexts,
        ["modify", newContext({ cluster: "modify", authInfo: "modify", namespace: "foobar" })],
      ]),
      currentContext: "modify",
    }),
  },
  {
    source: `${SOURCE}TestClientCertOverrideData override-with-file-paths`,
    config: config(example, baseUser),
    contextName: "clean",
    overrides: new ConfigOverrides({
      authInfo: new AuthInfo({ clientCertificate: "/client.crt", clientKey: "/client.key" }),
    }),
    files: { "/client.crt": "dummy-cert-content", "/client.key": "dummy-key-content" },
    want: config(example, { clientCertificate: "/client.crt", clientKey: "/client.key" }),
  },
  {
    source: `${SOURCE}TestClientCertOverrideData override-with-data-fields`,
    config: config(example, {
      clientCertificate: "/path/to/base-cert.pem",
      clientKey: "/path/to/base-key.pem",
    }),
    contextName: "clean",
    overrides: new ConfigOverrides({
      authInfo: new AuthInfo({
        clientCertificateData: Buffer.from("override-cert-data"),
        clientKeyData: Buffer.from("override-key-data"),
      }),
    }),
    want: config(example, {
      clientCertificateData: Buffer.from("override-cert-data"),
      clientKeyData: Buffer.from("override-key-data"),
    }),
  },
];
