import { filepathFor } from "../../src/go/filepath.ts";
import { isKcfg, isLauncher } from "../../src/policy/launchers.ts";

const unix = filepathFor({ platform: "linux" });
const windows = filepathFor({ platform: "win32" });

describe("a program that runs whatever it is told to is a launcher", () => {
  test.each([
    "sh",
    "/bin/bash",
    "/usr/bin/env",
    "python3.11",
    "/opt/python/bin/python3",
    "node20",
    "lua5.4",
    "perl5.36.0",
    "ksh93",
    "kubectl",
    "/usr/local/bin/kcfg",
    "xargs",
    "find",
    "busybox",
    "ssh",
    "/lib64/ld-linux-x86-64.so.2",
    "/lib/ld-musl-x86_64.so.1",
    "BASH",
    "bwrap",
    "R",
    "nix-shell",
    "bundle",
    "proxychains4",
    "qemu-aarch64-static",
    // The first and the last of each list, and one of each line.
    ..."sh wsl awk deno julia rscript msbuild ant helm rake terraform zig at exec env nice setsid sshpass torify ld ansible".split(
      " ",
    ),
    ..."psql telnet xxh aws-vault exec-env".split(" "),
  ])("%s", (command) => {
    expect(isLauncher(command, unix)).toBe(true);
  });

  test.each([String.raw`C:\Windows\System32\cmd.exe`, "PowerShell.EXE", "pwsh", "python3.exe", "kcfg.cmd"])(
    "Windows: %s",
    (command) => {
      expect(isLauncher(command, windows)).toBe(true);
    },
  );
});

describe("a credential plugin is none", () => {
  test.each([
    "aws",
    "aws-iam-authenticator",
    "/usr/lib/google-cloud-sdk/bin/gke-gcloud-auth-plugin",
    "kubelogin",
    "kubectl-oidc_login",
    "doctl",
    "nodes",
    "shell",
    "pythonic",
    "",
  ])("%j", (command) => {
    expect(isLauncher(command, unix)).toBe(false);
  });
});

test.each([
  ["kcfg", true],
  ["/usr/bin/kubectl-kcfg", true],
  ["KCFG", true],
  ["/x/node_modules/kcfg/dist/cli/bin.cjs", true],
  ["/x/dist/cli/bin.js", true],
  [String.raw`C:\x\dist\cli\bin.cjs`, true],
  ["kcfgs", false],
  ["my-kcfg", false],
  ["/x/cli/bin.cjs", false],
  ["/x/dist/cli/bin.cjs.old", false],
  ["sh", false],
])("%s is kcfg: %s", (command, isIt) => {
  expect(isKcfg(command, unix)).toBe(isIt);
});

test.each(["sh.exe1", "bash-static2", "xsh", "she", "wslawk"])("%s is no launcher", (command) => {
  expect(isLauncher(command, unix)).toBe(false);
});
