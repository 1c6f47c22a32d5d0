import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PluginCall } from "../../src/index.ts";
import {
  checkPlugins,
  connect,
  ExecConfig,
  execAuthenticator,
  RestConfig,
  runPlugin,
} from "../../src/index.ts";
import { testUnless } from "../support/unless.ts";

const test = testUnless(
  process.platform === "win32" ? "the plugins are scripts of a POSIX shell" : undefined,
);
const apiVersion = "client.authentication.k8s.io/v1";
const CREDENTIAL = JSON.stringify({ kind: "ExecCredential", apiVersion, status: { token: "t" } });
const ALLOW_ALL = { credentialPluginPolicy: "AllowAll", credentialPluginAllowlist: undefined } as const;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kcfg-words-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a plugin, and returns how to call it. */
function plugin(script: string, changes: Partial<PluginCall> = {}): PluginCall {
  const command = join(folder, "plugin");
  writeFileSync(command, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const exec = new ExecConfig({ command, apiVersion, interactiveMode: "Never" });
  return { exec, cluster: undefined, policy: ALLOW_ALL, stdinUnavailable: "", ...changes };
}

async function messageOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => "no error",
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

/** What receives the words of a plugin, and what it received. */
function receiver(): { readonly onStderr: (text: string) => void; readonly words: () => string } {
  let words = "";
  return { onStderr: (text) => void (words += text), words: () => words };
}

describe("what a plugin prints on standard error", () => {
  test("is received as it is, and is at the end of the error, in one line and escaped", async () => {
    const { onStderr, words } = receiver();
    const call = plugin(`printf 'session \\033[31mexpired\\nlog in: caf\\303\\251\\n' >&2; exit 3`, {
      onStderr,
    });
    expect(await messageOf(runPlugin(call))).toBe(
      `getting credentials: exec: executable ${call.exec.command} failed with exit code 3 (stderr: "session \\x1b[31mexpired\\nlog in: café")`,
    );
    expect(words()).toBe("session \u001b[31mexpired\nlog in: café\n");
  });

  test("is received although the plugin succeeds, before it ends", async () => {
    const { onStderr, words } = receiver();
    const flag = join(folder, "seen");
    const call = plugin(
      `echo 'open https://login.example' >&2; while [ ! -e '${flag}' ]; do sleep 0.05; done; echo '${CREDENTIAL}'`,
      {
        onStderr: (text) => {
          onStderr(text);
          writeFileSync(flag, "");
        },
      },
    );
    expect((await runPlugin(call)).token).toBe("t");
    expect(words()).toBe("open https://login.example\n");
  });

  test("is bounded in the error, which has its end", async () => {
    const { onStderr, words } = receiver();
    const call = plugin(`i=0; while [ $i -lt 5000 ]; do echo "line $i" >&2; i=$((i+1)); done; exit 1`, {
      onStderr,
    });
    const message = await messageOf(runPlugin(call));
    expect(message.length).toBeLessThan(2000);
    expect(message).toMatch(/\(stderr: \.\.\.".*line 4999"\)$/);
    expect(words()).toContain("line 0\n");
  });

  test("is in the error of a plugin that prints no credential, too", async () => {
    const call = plugin("echo 'no session' >&2; echo nonsense", { onStderr: () => undefined });
    expect(await messageOf(runPlugin(call))).toMatch(/^getting credentials: .*\(stderr: "no session"\)$/s);
  });

  test("is in no error where nobody receives it: it is on the standard error of the process", async () => {
    const call = plugin("exit 1");
    expect(await messageOf(runPlugin(call))).toBe(
      `getting credentials: exec: executable ${call.exec.command} failed with exit code 1`,
    );
  });

  test("does no harm where the receiver throws", async () => {
    const call = plugin(`echo x >&2; echo '${CREDENTIAL}'`, {
      onStderr: () => {
        throw new Error("of the receiver");
      },
    });
    expect((await runPlugin(call)).token).toBe("t");
    const rejecting = { ...call, onStderr: () => Promise.reject(new Error("of the receiver")) };
    expect((await runPlugin(rejecting as PluginCall)).token).toBe("t");
  });

  test("is received by a connection's onPluginStderr, and in its error", async () => {
    const { onStderr, words } = receiver();
    const { exec: execProvider } = plugin("echo 'no session' >&2; exit 1");
    const connection = connect(new RestConfig({ host: "https://127.0.0.1:1", execProvider }), {
      pluginPolicy: ALLOW_ALL,
      onPluginStderr: onStderr,
    });
    expect(await messageOf(connection.fetch("/x"))).toMatch(
      /failed with exit code 1 \(stderr: "no session"\)$/,
    );
    expect(words()).toBe("no session\n");
    await connection.close();
  });
});

describe("a plugin that does not end", () => {
  const SLEEPS = "echo waiting >&2; sleep 60 & wait";

  test("is killed when its time is over, and so are its children", async () => {
    const start = performance.now();
    const call = plugin(SLEEPS, { timeout: 300 });
    const message = `getting credentials: exec: executable ${call.exec.command} did not end within 300ms`;
    expect(await messageOf(runPlugin(call))).toBe(message);
    expect(await messageOf(execAuthenticator(call).credentials())).toBe(message);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test("is killed for a connection with a pluginTimeout", async () => {
    const { exec: execProvider } = plugin(SLEEPS);
    const connection = connect(new RestConfig({ host: "https://127.0.0.1:1", execProvider }), {
      pluginPolicy: ALLOW_ALL,
      pluginTimeout: 300,
      onPluginStderr: () => undefined,
    });
    expect(await messageOf(connection.fetch("/x"))).toMatch(
      /did not end within 300ms \(stderr: "waiting"\)$/,
    );
    await connection.close();
  });

  test.each([0, 2 ** 31, Infinity, Number.NaN])(
    "has all the time it needs with a timeout of %d",
    async (timeout) => {
      expect((await runPlugin(plugin(`sleep 0.2; echo '${CREDENTIAL}'`, { timeout }))).token).toBe("t");
    },
  );

  test("ends by the caller's signal first, with its reason", async () => {
    const signal = AbortSignal.timeout(200);
    const call = plugin(SLEEPS, { timeout: 20_000 });
    await expect(runPlugin(call, { signal })).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

describe("the option env", () => {
  test("is where plugins are looked up, and what they inherit", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "own-login"), `#!/bin/sh\necho '${CREDENTIAL.replace('"t"', `"'"$OWN"'"`)}'\n`, {
      mode: 0o755,
    });
    const exec = new ExecConfig({ command: "own-login", apiVersion, interactiveMode: "Never" });
    const call = { exec, cluster: undefined, policy: ALLOW_ALL, stdinUnavailable: "" };
    const env = { PATH: `${bin}:/usr/bin:/bin`, OWN: "of the option" };
    expect((await runPlugin(call, { env })).token).toBe("of the option");
    expect((await execAuthenticator(call, { env }).credentials()).token).toBe("of the option");
    expect(await messageOf(runPlugin(call))).toContain("executable own-login not found");
    const connection = connect(new RestConfig({ host: "https://h", execProvider: exec }), {
      env,
      pluginPolicy: ALLOW_ALL,
    });
    expect((await connection.headers()).get("authorization")).toBe("Bearer of the option");
    await connection.close();
    const explicitPath = join(folder, "config");
    writeFileSync(
      explicitPath,
      JSON.stringify({ users: [{ name: "u", user: { exec: { command: "own-login", apiVersion } } }] }),
    );
    expect(checkPlugins({ env, explicitPath, kuberc: "" }).plugins[0]).toMatchObject({
      resolvedPath: join(bin, "own-login"),
    });
  });

  test("is checked", () => {
    expect(() => checkPlugins({ env: { PATH: 1 } as never })).toThrow(
      new TypeError('checkPlugins: option "env" must hold strings'),
    );
  });
});
