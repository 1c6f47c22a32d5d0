import type { PolicyType } from "../../src/api/plugin-policy.ts";
import { execAuthenticator } from "../../src/exec/authenticator.ts";
import { ALLOW_ALL, ALLOWLIST, DENY_ALL } from "../../src/api/plugin-policy.ts";
import type { ExecConfigFields } from "../../src/api/exec.ts";
import type { ExecClusterInfo } from "../../src/api/exec-credential.ts";
import { pluginCall, pluginHost, rejectionOf } from "./fake-plugin.ts";
import { pem } from "./outputs/pem.ts";
import { V1, V1BETA1 } from "./outputs/credential.ts";

/** The tables of client-go 1.36's `plugin/pkg/client/auth/exec/exec_test.go`, each under the name of its test. */

const snorlax: ExecClusterInfo = {
  server: "foo",
  tlsServerName: "bar",
  insecureSkipTlsVerify: false,
  certificateAuthorityData: Buffer.from("baz"),
  proxyUrl: "",
  disableCompression: false,
  config: new Map<string, string | ReadonlyMap<string, string>>([
    ["apiVersion", "group/v1"],
    ["kind", "PluginConfig"],
    ["spec", new Map([["audience", "snorlax"]])],
  ]),
};

interface RefreshCase {
  readonly name: string;
  readonly exec: Partial<ExecConfigFields>;
  readonly status?: object;
  readonly stdout?: object;
  readonly exitCode?: number;
  readonly terminal?: boolean;
  readonly stdinUnavailable?: string;
  readonly cluster?: ExecClusterInfo;
  /** What the plugin must find in KUBERNETES_EXEC_INFO as `spec`. */
  readonly wantSpec?: object;
  readonly wantToken?: string;
  readonly wantCertificate?: boolean;
  readonly wantExpiry?: string;
  readonly wantError?: string;
}

const beta = { apiVersion: V1BETA1, interactiveMode: "IfAvailable" } as const;
const fooBar = { status: { token: "foo-bar" }, wantToken: "foo-bar" };
const notInteractive = { wantSpec: { interactive: false } };
const interactive = { wantSpec: { interactive: true } };
const UNAVAILABLE = "some message";

const refreshCases: readonly RefreshCase[] = [
  {
    name: "beta-with-TLS-credentials",
    exec: beta,
    ...notInteractive,
    status: { clientKeyData: pem["rsa.pkcs1"], clientCertificateData: pem["rsa.crt"] },
    wantCertificate: true,
  },
  {
    name: "beta-with-bad-TLS-credentials",
    exec: beta,
    status: { clientKeyData: "foo", clientCertificateData: "bar" },
    wantError: "failed parsing client key/certificate: tls: failed to find any PEM data in certificate input",
  },
  {
    name: "beta-cert-but-no-key",
    exec: beta,
    status: { clientCertificateData: pem["rsa.crt"] },
    wantError: "exec plugin returned only certificate or key, not both",
  },
  { name: "beta-basic-request", exec: beta, ...notInteractive, ...fooBar },
  {
    name: "beta-basic-request-with-never-interactive-mode",
    exec: { ...beta, interactiveMode: "Never" },
    terminal: true,
    ...notInteractive,
    ...fooBar,
  },
  {
    name: "beta-basic-request-with-never-interactive-mode-and-stdin-unavailable",
    exec: { ...beta, interactiveMode: "Never" },
    stdinUnavailable: UNAVAILABLE,
    ...notInteractive,
    ...fooBar,
  },
  {
    name: "beta-basic-request-with-if-available-interactive-mode-and-stdin-unavailable",
    exec: beta,
    stdinUnavailable: UNAVAILABLE,
    ...notInteractive,
    ...fooBar,
  },
  {
    name: "beta-basic-request-with-if-available-interactive-mode-and-terminal",
    exec: beta,
    terminal: true,
    ...interactive,
    ...fooBar,
  },
  {
    name: "beta-basic-request-with-if-available-interactive-mode-and-terminal-and-stdin-unavailable",
    exec: beta,
    terminal: true,
    stdinUnavailable: UNAVAILABLE,
    ...notInteractive,
    ...fooBar,
  },
  {
    name: "beta-basic-request-with-always-interactive-mode",
    exec: { ...beta, interactiveMode: "Always" },
    wantError: "exec plugin cannot support interactive mode: standard input is not a terminal",
  },
  {
    name: "beta-basic-request-with-always-interactive-mode-and-terminal-and-stdin-unavailable-with-message",
    exec: { ...beta, interactiveMode: "Always" },
    terminal: true,
    stdinUnavailable: UNAVAILABLE,
    wantError: "exec plugin cannot support interactive mode: standard input is unavailable: some message",
  },
  {
    name: "beta-basic-request-with-always-interactive-mode-and-terminal",
    exec: { ...beta, interactiveMode: "Always" },
    terminal: true,
    ...interactive,
    ...fooBar,
  },
  {
    name: "beta-expiry",
    exec: beta,
    status: { token: "foo-bar", expirationTimestamp: "2006-01-02T15:04:05Z" },
    wantToken: "foo-bar",
    wantExpiry: "2006-01-02T15:04:05.000Z",
  },
  {
    name: "beta-no-group-version",
    exec: beta,
    stdout: { kind: "ExecCredential", status: { token: "foo-bar" } },
    wantError: `exec plugin is configured to use API version ${V1BETA1}, plugin returned version client.authentication.k8s.io/__internal`,
  },
  {
    name: "beta-no-status",
    exec: beta,
    stdout: { kind: "ExecCredential", apiVersion: V1BETA1 },
    wantError: "exec plugin didn't return a status field",
  },
  {
    name: "beta-no-token",
    exec: beta,
    status: {},
    wantError: "exec plugin didn't return a token or cert/key pair",
  },
  {
    name: "unknown-binary",
    exec: { ...beta, command: "does not exist", installHint: "some install hint" },
    wantError: `exec: executable does not exist not found

It looks like you are trying to use a client-go credential plugin that is not installed.

To learn more about this feature, consult the documentation available at:
      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins

some install hint`,
  },
  {
    name: "binary-fails",
    exec: beta,
    exitCode: 73,
    wantError: "exec: executable /bin/plug failed with exit code 73",
  },
  {
    name: "beta-with-cluster-and-provide-cluster-info-is-serialized",
    exec: { ...beta, provideClusterInfo: true },
    cluster: snorlax,
    wantSpec: {
      cluster: {
        server: "foo",
        "tls-server-name": "bar",
        "certificate-authority-data": "YmF6",
        config: { apiVersion: "group/v1", kind: "PluginConfig", spec: { audience: "snorlax" } },
      },
      interactive: false,
    },
    ...fooBar,
  },
  {
    name: "beta-with-cluster-and-without-provide-cluster-info-is-not-serialized",
    exec: beta,
    cluster: snorlax,
    ...notInteractive,
    ...fooBar,
  },
  { name: "v1-basic-request", exec: { ...beta, apiVersion: V1 }, ...notInteractive, ...fooBar },
  {
    name: "v1-with-missing-interactive-mode",
    exec: { apiVersion: V1, interactiveMode: "" },
    wantError: 'exec plugin cannot support interactive mode: unknown interactiveMode: ""',
  },
];

describe("TestRefreshCreds", () => {
  test.each(refreshCases.map((each) => [each.name, each] as const))("%s", async (_name, wanted) => {
    const { apiVersion } = wanted.exec;
    const printed = wanted.stdout ?? { kind: "ExecCredential", apiVersion, status: wanted.status };
    const { host, started } = pluginHost(
      () => ({ stdout: Buffer.from(JSON.stringify(printed)), exitCode: wanted.exitCode ?? 0 }),
      { terminal: wanted.terminal ?? false },
    );
    const call = pluginCall(wanted.exec, {
      cluster: wanted.cluster,
      stdinUnavailable: wanted.stdinUnavailable ?? "",
    });
    const running = execAuthenticator(host, call).credentials();
    if (wanted.wantError !== undefined) {
      expect((await rejectionOf(running)).message).toBe(`getting credentials: ${wanted.wantError}`);
      return;
    }
    const { token, clientCertificateData, expirationTimestamp } = await running;
    expect(token).toBe(wanted.wantToken ?? "");
    expect(clientCertificateData !== "").toBe(wanted.wantCertificate ?? false);
    expect(expirationTimestamp && new Date(expirationTimestamp).toISOString()).toBe(wanted.wantExpiry);
    const [process] = started;
    expect(process?.inheritStdin).toBe(wanted.wantSpec === interactive.wantSpec);
    if (wanted.wantSpec !== undefined) {
      expect(process?.env["KUBERNETES_EXEC_INFO"]).toBe(
        `${JSON.stringify({ kind: "ExecCredential", apiVersion, spec: wanted.wantSpec })}\n`,
      );
    }
  });
});

interface PolicyCase {
  readonly policyType: string;
  /** How many entries; -1 for no list. */
  readonly length: number;
  readonly pluginExists: boolean;
  readonly entryExists: boolean;
  readonly pluginAbsolute: boolean;
  readonly entryAbsolute: boolean;
}

/** The matrix of the test: every combination. */
function policyCases(): readonly PolicyCase[] {
  const flags = [false, true];
  return ["", ALLOW_ALL, DENY_ALL, ALLOWLIST, "HIGHLYILLEGAL"].flatMap((policyType) =>
    [-1, 0, 1, 3].flatMap((length) =>
      flags.flatMap((pluginExists) =>
        flags.flatMap((entryExists) =>
          flags.flatMap((pluginAbsolute) =>
            flags.map((entryAbsolute) => ({
              policyType,
              length,
              pluginExists,
              entryExists,
              pluginAbsolute,
              entryAbsolute,
            })),
          ),
        ),
      ),
    ),
  );
}

/** The test's own oracle: part of the error's text; undefined if the plugin runs, `""` for some error. */
function wantedPolicyError(wanted: PolicyCase): string | undefined {
  const { policyType, length, pluginExists, entryExists, pluginAbsolute } = wanted;
  // kubectl says so; the test's own oracle is less exact.
  const missing = pluginAbsolute ? "no such file or directory" : "not found";
  switch (policyType) {
    case "":
    case ALLOW_ALL:
      return length >= 0 ? "allowlist is non-nil" : pluginExists ? undefined : missing;
    case DENY_ALL:
      return length >= 0 ? "allowlist is non-nil" : 'policy set to "DenyAll"';
    case ALLOWLIST:
      if (length <= 0) {
        return length < 0 ? "allowlist is unspecified" : 'allowlist is empty; use "DenyAll" policy instead';
      }
      if (pluginExists) {
        return entryExists ? undefined : "is not permitted by the credential plugin allowlist";
      }
      return "";
    default:
      return "unknown plugin policy";
  }
}

function placed(exists: boolean, absolute: boolean): string {
  if (exists) {
    return absolute ? "/data/test-plugin.sh" : "test-plugin.sh";
  }
  return absolute ? "/this/path/does/not/exist" : "does not exist";
}

describe("TestPluginPolicy", () => {
  test.each(policyCases().map((each) => [JSON.stringify(each), each] as const))(
    "%s",
    async (_name, wanted) => {
      const entries = [placed(wanted.entryExists, wanted.entryAbsolute), "foo-1", "foo-2"];
      const { host, started } = pluginHost(
        () => `{"kind":"ExecCredential","apiVersion":"${V1}","status":{"token":"foo-bar"}}`,
        { executables: ["/data/test-plugin.sh"], env: { PATH: "/data:/bin" } },
      );
      const run = async (): Promise<string> => {
        const call = pluginCall(
          { command: placed(wanted.pluginExists, wanted.pluginAbsolute) },
          {
            policy: {
              credentialPluginPolicy: wanted.policyType as PolicyType,
              credentialPluginAllowlist:
                wanted.length < 0
                  ? undefined
                  : entries.slice(0, wanted.length).map((command) => ({ command })),
            },
          },
        );
        return (await execAuthenticator(host, call).credentials()).token;
      };
      const error = wantedPolicyError(wanted);
      if (error === undefined) {
        expect(await run()).toBe("foo-bar");
        expect(started.map(({ file }) => file)).toEqual(["/data/test-plugin.sh"]);
      } else {
        expect((await rejectionOf(run())).message).toContain(error);
        expect(started).toEqual([]);
      }
    },
  );
});

describe("TestInstallHintRateLimit", () => {
  test.each([
    // client-go's test has a threshold of 2; its product, and ours, has 10 times in an hour.
    ["print-up-to-threshold", 50, 0, 10],
    ["after-interval-threshold-resets", 50, 6 * 60 * 1000, 50],
    ["some of them in each window", 50, 4 * 60 * 1000, 35],
  ])("%s", async (_name, calls, advance, want) => {
    let now = 1_000_000;
    const { host } = pluginHost(() => "", { now: () => now });
    const authenticator = execAuthenticator(host, pluginCall({ command: "absent", installHint: "a hint" }));
    let count = 0;
    for (let i = 0; i < calls; i++) {
      const { message } = await rejectionOf(authenticator.credentials());
      expect(message).toContain("exec: executable absent not found");
      count += message.includes("a hint") ? 1 : 0;
      now += advance;
    }
    expect(count).toBe(want);
  });
});
