import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { inspect } from "node:util";
import type { PluginPolicy } from "../../src/api/plugin-policy.ts";
import { execAuthenticator } from "../../src/exec/authenticator.ts";
import { runPlugin } from "../../src/exec/run-once.ts";
import type { Host } from "../../src/host/host.ts";
import { nodeHost } from "../../src/host/node-host.ts";
import { pluginCall, rejectionOf } from "./fake-plugin.ts";
import { GOOD } from "./outputs/credential.ts";

const folder = mkdtempSync(join(tmpdir(), "kcfg-plugin-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function script(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, 0o755);
  return path;
}

const host: Host = {
  ...nodeHost,
  env: { PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` },
  terminal: { ...nodeHost.terminal, isTerminal: () => false },
};

const good = script("good", `#!/bin/sh\necho '${GOOD}'\n`);

const path = (name: string): string => join(folder, name);

const only = (command: string): PluginPolicy => ({
  credentialPluginPolicy: "Allowlist",
  credentialPluginAllowlist: [{ command }],
});

async function refused(command: string, args: readonly string[], message: string): Promise<void> {
  const call = pluginCall({ command, args, env: [{ name: "A", value: "S3cr3t" }] });
  const error = await rejectionOf(runPlugin(host, call));
  expect(error.message).toBe(`getting credentials: ${message}`);
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("S3cr3t");
}

function print(command: string, mode: string): { readonly stdout: string; readonly stderr: string } {
  const program = join(__dirname, "print-credential.ts");
  return spawnSync(process.execPath, ["--import", "tsx", program, command, mode], {
    input: "typed\n",
    encoding: "utf8",
  });
}

describe("a plugin on this machine", () => {
  test("is run by its path and by its name", async () => {
    expect((await runPlugin(host, pluginCall({ command: good }))).token).toBe("t");
    expect((await runPlugin(host, pluginCall({ command: "good" }))).token).toBe("t");
  });

  test("is told by what name it was called, and by which file", async () => {
    const file = script("names", `#!/bin/sh\necho '${GOOD.replace('"t"', "\"'$0'\"")}'\n`);
    expect((await runPlugin(host, pluginCall({ command: "names" }))).token).toBe(file);
  });

  test("fails with its exit code, and what it printed is not told", async () => {
    const file = script("fails", "#!/bin/sh\necho S3cr3t\nexit 3\n");
    const error = await rejectionOf(runPlugin(host, pluginCall({ command: file })));
    expect(error.message).toBe(`getting credentials: exec: executable ${file} failed with exit code 3`);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("S3cr3t");
  });

  test("fails with -1 when a signal ended it, as in kubectl", async () => {
    const file = script("dies", "#!/bin/sh\nkill -9 $$\n");
    await expect(runPlugin(host, pluginCall({ command: file }))).rejects.toThrow(
      `getting credentials: exec: executable ${file} failed with exit code -1`,
    );
  });

  test("can be stopped", async () => {
    const file = script("hangs", "#!/bin/sh\nsleep 300\n");
    const authenticator = execAuthenticator(host, pluginCall({ command: file }));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    await expect(authenticator.credentials(controller.signal)).rejects.toMatchObject({ name: "AbortError" });
  });

  test("that prints without end is stopped", async () => {
    const file = script("endless", "#!/bin/sh\nexec yes S3cr3t\n");
    await expect(runPlugin(host, pluginCall({ command: file }))).rejects.toThrow(
      `getting credentials: exec: executable ${file} printed more than 16777216 bytes`,
    );
  });
});

describe("what cannot be started is told in Go's words, without arguments and environment", () => {
  test.each([
    ["absent", undefined, "no such file or directory"],
    ["lost", "#!/no/such/interpreter\n", "no such file or directory"],
    ["plain", "echo hi\n", "exec format error"],
    ["empty", "", "exec format error"],
  ])("%s", async (name, content, reason) => {
    if (content !== undefined) {
      script(name, content);
    }
    await refused(path(name), ["S3cr3t"], `exec: fork/exec ${path(name)}: ${reason}`);
  });

  test("an argument with a NUL character", async () => {
    await refused(good, ["S3cr3t\0"], `exec: fork/exec ${good}: invalid argument`);
  });

  test("too many arguments", async () => {
    const args = ["S3cr3t".repeat(1_000_000)];
    await refused(good, args, `exec: fork/exec ${good}: argument list too long`);
  });
});

describe("the policy", () => {
  test("lets run what is listed, by the very path that it decided about", async () => {
    const policy = only(good);
    expect((await runPlugin(host, pluginCall({ command: "good" }, { policy }))).token).toBe("t");
  });

  test("does not follow links", async () => {
    const link = join(folder, "link");
    symlinkSync(good, link);
    await expect(runPlugin(host, pluginCall({ command: link }, { policy: only(good) }))).rejects.toThrow(
      `getting credentials: plugin path "${link}" is not permitted by the credential plugin allowlist`,
    );
  });

  test("denies all", async () => {
    const policy = { credentialPluginPolicy: "DenyAll" } as const;
    const error = await rejectionOf(runPlugin(host, pluginCall({ command: good }, { policy })));
    expect(error).toMatchObject({
      code: "PluginPolicy",
      message: `getting credentials: plugin "${good}" not allowed: policy set to "DenyAll"`,
    });
  });

  test("or none: what PATH finds in the current directory is not run", async () => {
    const here = { ...host, env: { PATH: "." }, cwd: () => folder };
    const relative: Host = {
      ...here,
      fs: {
        ...host.fs,
        stat: (file) => host.fs.stat(join(folder, file)),
        checkExecutable: (file) => host.fs.checkExecutable(join(folder, file)),
      },
    };
    await expect(runPlugin(relative, pluginCall({ command: "good" }))).rejects.toThrow(
      "getting credentials: exec: executable good not found",
    );
  });
});

describe("what a plugin says beside its answer", () => {
  test("on standard error is passed on as it comes; standard input is not given to it", () => {
    const file = script(
      "speaks",
      `#!/bin/sh\necho hello >&2\nread line\necho "[$line]" >&2\necho '${GOOD}'\n`,
    );
    const { stdout, stderr } = print(file, "IfAvailable");
    expect([stdout, stderr]).toEqual(["token t\n", "hello\n[]\n"]);
  });

  test("is not asked for where there is no terminal but has to be one", () => {
    const { stdout } = print(good, "Always");
    expect(stdout).toContain(
      "ExecPluginError: getting credentials: exec plugin cannot support interactive mode: standard input is not a terminal",
    );
    expect(stdout).not.toContain("S3cr3t");
  });
});
