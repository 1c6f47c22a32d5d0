import { runPlugin } from "../../src/exec/run-once.ts";
import { BatchFileError } from "../../src/host/batch-file.ts";
import type { FakeMachine } from "../support/fake-host.ts";
import { pluginCall, pluginHost, rejectionOf } from "./fake-plugin.ts";
import { GOOD } from "./outputs/credential.ts";

const machine: FakeMachine = {
  platform: "win32",
  cwd: "/here",
  executables: [
    "/bin/plug.exe",
    "/bin/az.cmd",
    "/bin/both.exe",
    "/here/both.exe",
    "/here/local.exe",
    "/bin/noext",
  ],
  env: { Path: "C:\\bin;C:\\Windows", PATHEXT: ".EXE;.CMD" },
};

describe("on Windows a plugin is started by the path that Go would find", () => {
  test.each([
    ["plug", "C:\\bin\\plug.exe", "plug"],
    ["plug.exe", "C:\\bin\\plug.exe", "plug.exe"],
    ["az", "C:\\bin\\az.cmd", "az"],
    ["C:\\bin\\plug", "C:\\bin\\plug.exe", "C:\\bin\\plug"],
    ["C:/bin/plug.exe", "C:\\bin\\plug.exe", "C:\\bin\\plug.exe"],
    ["C:\\bin\\.\\az.cmd", "C:\\bin\\az.cmd", "C:\\bin\\az.cmd"],
  ])("%s", async (command, file, argv0) => {
    const { host, started } = pluginHost(() => GOOD, machine);
    expect((await runPlugin(host, pluginCall({ command }))).token).toBe("t");
    expect(started.map((process) => [process.file, process.argv0])).toEqual([[file, argv0]]);
  });

  test.each([
    ["local", "what is only in the current directory"],
    ["both", "what the current directory hides"],
    ["absent", "what is nowhere"],
    ["noext", "what has no extension"],
  ])("but not %s: %s", async (command) => {
    const { host, started } = pluginHost(() => GOOD, machine);
    const { message } = await rejectionOf(runPlugin(host, pluginCall({ command })));
    expect(message.split("\n")[0]).toBe(`getting credentials: exec: executable ${command} not found`);
    expect(started).toEqual([]);
  });

  test("and the allowlist is compared with that path", async () => {
    const policy = {
      credentialPluginPolicy: "Allowlist",
      credentialPluginAllowlist: [{ command: "C:\\bin\\plug.exe" }],
    } as const;
    const { host, started } = pluginHost(() => GOOD, machine);
    await runPlugin(host, pluginCall({ command: "plug" }, { policy }));
    expect((await rejectionOf(runPlugin(host, pluginCall({ command: "az" }, { policy })))).message).toBe(
      'getting credentials: plugin path "C:\\\\bin\\\\az.cmd" is not permitted by the credential plugin allowlist',
    );
    expect(started.map(({ file }) => file)).toEqual(["C:\\bin\\plug.exe"]);
  });
});

test("a batch file that cannot be called as it should be is told so", async () => {
  const { host } = pluginHost(() => {
    throw new BatchFileError("a batch file cannot be given that");
  }, machine);
  await expect(runPlugin(host, pluginCall({ command: "az" }))).rejects.toThrow(
    "getting credentials: exec: fork/exec C:\\bin\\az.cmd: a batch file cannot be given that",
  );
});

describe("an error of the system is told in Go's words", () => {
  test.each([
    ["EACCES", "permission denied"],
    ["ENOEXEC", "exec format error"],
    ["ETXTBSY", "text file busy"],
    ["EAGAIN", "resource temporarily unavailable"],
    ["ENOMEM", "cannot allocate memory"],
    ["EWHATEVER", "EWHATEVER"],
  ])("%s", async (code, words) => {
    const { host } = pluginHost(() => {
      throw Object.assign(new Error("S3cr3t"), { code, spawnargs: ["S3cr3t"] });
    });
    const error = await rejectionOf(runPlugin(host, pluginCall()));
    expect(error.message).toBe(`getting credentials: exec: fork/exec /bin/plug: ${words}`);
    expect(error.cause).toBeUndefined();
  });
});
