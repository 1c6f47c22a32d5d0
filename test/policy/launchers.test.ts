import { filepathFor } from "../../src/go/filepath.ts";
import { isLauncher } from "../../src/policy/launchers.ts";

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
