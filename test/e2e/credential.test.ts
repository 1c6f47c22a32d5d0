import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accountHome } from "../support/account-home.ts";
import { createAuthority } from "../support/certificates.ts";
import { startServer } from "../support/https-server.ts";
import type { Run } from "../support/run-bin.ts";
import { startBin } from "../support/start-bin.ts";
import { builtCli } from "../conformance/repository.ts";

const api = "client.authentication.k8s.io";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-credential-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Lets every plugin run for kcfg as a credential plugin, which asks the user's own kuberc. */
function allowAll(): void {
  mkdirSync(join(folder, ".kube"), { recursive: true });
  writeFileSync(
    join(folder, ".kube", "kuberc"),
    "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: AllowAll\n",
  );
}

/** Writes a kubeconfig with a context for each user, and a plugin that prints a token. */
function write(
  users: Readonly<Record<string, unknown>>,
  cluster: Readonly<Record<string, unknown>> = {},
): void {
  const plugin = join(folder, "plugin");
  writeFileSync(
    plugin,
    `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO" >> '${folder}/told'\necho '{"kind":"ExecCredential","apiVersion":"${api}/v1","status":{"token":"from-plugin","expirationTimestamp":"2999-01-01T00:00:00Z"}}'\n`,
  );
  chmodSync(plugin, 0o755);
  const config = {
    clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1", ...cluster } }],
    users: Object.entries(users).map(([name, user]) => ({ name, user })),
    contexts: Object.keys(users).map((name) => ({ name, context: { cluster: "c", user: name } })),
    "current-context": Object.keys(users)[0],
  };
  writeFileSync(join(folder, "config"), JSON.stringify(config));
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return startBin(args, {
    cwd: folder,
    env: { ...accountHome(folder), HOME: folder, KUBECONFIG: join(folder, "config"), ...env },
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** Runs `kcfg credential` as a client does that takes it for its plugin. */
function runAsPlugin(version: string): Promise<Run> {
  return run(["credential"], {
    KUBERNETES_EXEC_INFO: JSON.stringify({ kind: "ExecCredential", apiVersion: `${api}/${version}` }),
  });
}

const exec = { apiVersion: `${api}/v1`, command: "./plugin", interactiveMode: "Never" };
const answer = (status: unknown, version = "v1"): string =>
  `${JSON.stringify({ kind: "ExecCredential", apiVersion: `${api}/${version}`, spec: { interactive: false }, status })}\n`;
const fromPlugin = { expirationTimestamp: "2999-01-01T00:00:00Z", token: "from-plugin" };

describe("kcfg credential prints an ExecCredential", () => {
  test("of a plugin, with its time of expiry", async () => {
    write({ u: { exec } });
    expect(await run(["credential"])).toEqual({ stdout: answer(fromPlugin), stderr: "", exitCode: 0 });
  });

  test("of a token, which goes before a plugin", async () => {
    write({ u: { exec, token: "abc" } });
    expect((await run(["credential"])).stdout).toBe(answer({ token: "abc" }));
  });

  test("of a token's file", async () => {
    writeFileSync(join(folder, "token"), "from-file\n");
    write({ u: { tokenFile: "token" } });
    expect((await run(["credential"])).stdout).toBe(answer({ token: "from-file" }));
  });

  test("of a client certificate, together with a token", async () => {
    const jane = await (await createAuthority()).issue({ commonName: "jane" });
    write({
      u: {
        token: "abc",
        "client-certificate-data": base64(jane.certificate),
        "client-key-data": base64(jane.key),
      },
    });
    const { stdout } = await run(["credential"]);
    const { status } = JSON.parse(stdout) as { readonly status: Readonly<Record<string, string>> };
    expect(status["token"]).toBe("abc");
    expect(status["clientCertificateData"]?.trim()).toBe(jane.certificate.trim());
    expect(status["clientKeyData"]?.trim()).toBe(jane.key.trim());
  });

  test("of another context's user", async () => {
    write({ u: { exec }, other: { token: "abc" } });
    expect((await run(["credential", "--context=other"])).stdout).toBe(answer({ token: "abc" }));
  });

  test("in the version that the client asks for", async () => {
    allowAll();
    write({ u: { exec } });
    expect((await runAsPlugin("v1beta1")).stdout).toBe(answer(fromPlugin, "v1beta1"));
    expect(await runAsPlugin("v1alpha1")).toMatchObject({ stdout: "", exitCode: 1 });
  });
});

describe("kcfg credential refuses", () => {
  test.each([
    ["a password", { username: "a", password: "b" }, "which an ExecCredential cannot hold"],
    ["an impersonation", { token: "abc", as: "me" }, "the user impersonates another"],
    ["a legacy auth-provider", { "auth-provider": { name: "gcp" } }, "legacy auth-provider"],
    ["a user without credentials", {}, "the user has no credential"],
    [
      "a plugin that fails",
      { exec: { ...exec, command: "false" } },
      "getting credentials: exec: executable false",
    ],
  ])("%s", async (_what, user, message) => {
    write({ u: user });
    const { stdout, stderr, exitCode } = await run(["credential"], { PATH: "/usr/bin:/bin" });
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(message);
  });

  test("a plugin that the policy denies, which is not run", async () => {
    write({ u: { exec: { ...exec, command: `${folder}/plugin` } } });
    writeFileSync(
      join(folder, "kuberc"),
      "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n",
    );
    expect(await run(["credential", `--kuberc=${folder}/kuberc`])).toEqual({
      stdout: "",
      stderr: `error: getting credentials: plugin "${folder}/plugin" not allowed: policy set to "DenyAll"\n`,
      exitCode: 1,
    });
  });
});

describe("kcfg as a credential plugin", () => {
  test("gives a client what another context's plugin gives, and tells that plugin of the client's cluster", async () => {
    allowAll();
    const authority = await createAuthority();
    const server = await startServer({
      identity: await authority.issue({ commonName: "server", hosts: ["127.0.0.1"] }),
    });
    try {
      const kcfg = {
        ...exec,
        command: process.execPath,
        args: [builtCli(), "credential", "--context=inner"],
      };
      write(
        { outer: { exec: kcfg }, inner: { exec: { ...exec, provideClusterInfo: true } } },
        {
          server: server.url,
          "certificate-authority-data": Buffer.from(authority.certificate).toString("base64"),
        },
      );
      expect(await run(["raw", "/x"])).toEqual({ stdout: '{"ok":true}\n', stderr: "", exitCode: 0 });
      expect(server.requests[0]?.headers).toContainEqual(["Authorization", "Bearer from-plugin"]);
      expect(readFileSync(join(folder, "told"), "utf8")).toContain(`"server":"${server.url}"`);
    } finally {
      await server.close();
    }
  });
});
