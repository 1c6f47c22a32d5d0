import { readFileSync } from "node:fs";
import { join } from "node:path";
import { NO_POLICY } from "../../src/api/plugin-policy.ts";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { ExecConfig } from "../../src/api/exec.ts";
import { execAuthenticator } from "../../src/exec/authenticator.ts";
import { repositoryRoot } from "../conformance/repository.ts";
import type { EnvironmentCase } from "./environment-cases.ts";
import { environmentCases } from "./environment-cases.ts";
import { PLUGIN, pluginCall, pluginHost } from "./fake-plugin.ts";
import { pem } from "./outputs/pem.ts";

interface Vector {
  readonly name: string;
  readonly seen: readonly string[];
}

const path = join(repositoryRoot(), "test", "exec", "vectors", "environment.json");
const { vectors } = JSON.parse(readFileSync(path, "utf8")) as { readonly vectors: readonly Vector[] };

function textOf(value: string | boolean | undefined): string {
  return typeof value === "string" ? value : "";
}

async function environmentOf(wanted: EnvironmentCase): Promise<readonly string[]> {
  const { apiVersion, cluster, extension, provideClusterInfo, environment, added } = wanted;
  const { host, started } = pluginHost(() => ({ exitCode: 1 }), { env: environment });
  const text = `extensions: [{name: x, extension: ${extension ?? "null"}}]`;
  const hasAuthority = "certificate-authority-data" in cluster;
  const call = {
    exec: new ExecConfig({
      command: PLUGIN,
      apiVersion,
      interactiveMode: "Never",
      provideClusterInfo,
      env: added,
    }),
    cluster: {
      server: "https://127.0.0.1:9",
      tlsServerName: textOf(cluster["tls-server-name"]),
      insecureSkipTlsVerify: !hasAuthority,
      certificateAuthorityData: hasAuthority ? Buffer.from(pem["ec256.crt"] ?? "") : undefined,
      proxyUrl: textOf(cluster["proxy-url"]),
      disableCompression: cluster["disable-compression"] === true,
      config: extension === undefined ? undefined : decodeConfig(text).extensions.get("x"),
    },
    policy: NO_POLICY,
    stdinUnavailable: "",
  };
  await execAuthenticator(host, call)
    .credentials()
    .catch(() => undefined);
  return Object.entries(started[0]?.env ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .toSorted();
}

describe("a plugin finds in its environment what kubectl 1.35 and 1.36 put there", () => {
  test("every case has its vector", () => {
    expect(vectors.map(({ name }) => name)).toEqual(environmentCases.map(({ name }) => name));
  });

  test.each(environmentCases.map((wanted, index) => [wanted.name, wanted, vectors[index]?.seen] as const))(
    "%s",
    async (_name, wanted, seen) => {
      expect(await environmentOf(wanted)).toEqual(seen);
    },
  );
});

describe("on Windows, where names of variables have no case", () => {
  test.each([
    ["an added variable", { Path: "a" }, [{ name: "PATH", value: "b" }], { PATH: "b" }],
    [
      "a forged request",
      { kubernetes_exec_info: "forged" },
      [{ name: "Kubernetes_Exec_Info", value: "forged" }],
      {},
    ],
    ["the current directory of a drive", { "=C:": "C:\\here" }, [], { "=C:": "C:\\here" }],
  ])("%s", async (_name, env, added, want) => {
    const { host, started } = pluginHost(() => ({ exitCode: 1 }), {
      env,
      platform: "win32",
      executables: ["/bin/plug.exe"],
    });
    await execAuthenticator(host, pluginCall({ command: "C:\\bin\\plug.exe", env: added }))
      .credentials()
      .catch(() => undefined);
    const { KUBERNETES_EXEC_INFO: info, ...others } = started[0]?.env ?? {};
    expect(info).toContain('"kind":"ExecCredential"');
    expect(others).toEqual(want);
  });
});

test.each(["linux", "win32"])("nothing overrides the chain of credentials on %s", async (platform) => {
  const isWindows = platform === "win32";
  const { host, started } = pluginHost(() => ({ exitCode: 1 }), {
    env: { KCFG_CREDENTIAL_CHAIN: "inherited" },
    ...(isWindows && { platform, executables: ["/bin/plug.exe"] }),
  });
  const call = pluginCall({
    env: [{ name: isWindows ? "Kcfg_Credential_Chain" : "KCFG_CREDENTIAL_CHAIN", value: "" }],
    ...(isWindows && { command: "C:\\bin\\plug.exe" }),
  });
  await execAuthenticator(host, { ...call, chain: "mine" })
    .credentials()
    .catch(() => undefined);
  const chains = Object.entries(started[0]?.env ?? {}).filter(([name]) => /^kcfg/i.test(name));
  expect(chains).toEqual([["KCFG_CREDENTIAL_CHAIN", "mine"]]);
});

test("a variable with a NUL character is refused in Go's words", async () => {
  const { host, started } = pluginHost(() => "");
  const call = pluginCall({ env: [{ name: "A", value: "S3cr3t\0" }] });
  await expect(execAuthenticator(host, call).credentials()).rejects.toThrow(
    "getting credentials: exec: exec: environment variable contains NUL",
  );
  expect(started).toEqual([]);
});
