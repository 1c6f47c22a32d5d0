import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryFolder, runBin } from "../support/run-bin.ts";

const EMPTY = `apiVersion: v1
clusters: null
contexts: null
current-context: ""
kind: Config
users: null
`;

describe("the built CLI", () => {
  test("shows an empty config when there is none", () => {
    expect(runBin(["view", "--merged"])).toEqual({ stdout: EMPTY, stderr: "", exitCode: 0 });
  });

  test("fails with its help without a command, and a command's help with -h", () => {
    const help = runBin([]);
    expect({ stdout: help.stdout, exitCode: help.exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(help.stderr).toContain("get-contexts");
    expect(runBin(["--help"])).toEqual({ stdout: help.stderr, stderr: "", exitCode: 0 });
    for (const args of [
      ["view", "-h"],
      ["-h", "view"],
      ["view", "--help", "--raw"],
    ]) {
      const { stdout, stderr, exitCode } = runBin(args);
      expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
      expect(stdout).toContain("Usage:\n  kcfg view [options]\n");
      expect(stdout).toContain("    --minify=false:\n");
      expect(stdout).toContain("    --kubeconfig='':\n");
    }
  });

  test("says its version", () => {
    expect(runBin(["--version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("refuses an unknown command and points to the help", () => {
    expect(runBin(["nope"])).toEqual({
      stdout: "",
      stderr: `error: unknown command "nope"\nSee 'kcfg -h' for help and examples\n`,
      exitCode: 1,
    });
  });

  test("is called kubectl kcfg when kubectl runs it as a plugin", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kcfg-plugin-"));
    try {
      symlinkSync(join(repositoryFolder, "dist/cli/bin.cjs"), join(folder, "kubectl-kcfg"));
      const child = spawn(process.execPath, [join(folder, "kubectl-kcfg"), "view", "--nope"], {
        env: { HOME: folder },
      });
      const chunks: Buffer[] = [];
      child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
      await new Promise((resolve) => child.once("close", resolve));
      expect(Buffer.concat(chunks).toString()).toContain("See 'kubectl kcfg view --help' for usage.");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("ends as kubectl does, without a word, where a reader stops early", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kcfg-pipe-"));
    try {
      const names = Array.from(
        { length: 20_000 },
        (_, i) => `- {name: cluster-number-${i}, cluster: {server: x}}`,
      );
      writeFileSync(join(folder, "f"), `clusters:\n${names.join("\n")}\n`);
      const child = spawn(process.execPath, [join(repositoryFolder, "dist/cli/bin.cjs"), "get-clusters"], {
        env: { HOME: folder, KUBECONFIG: join(folder, "f") },
      });
      const errors: Buffer[] = [];
      child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
      child.stdout.once("data", () => child.stdout.destroy());
      const end = await new Promise((resolve) =>
        child.once("close", (exitCode, signal) => resolve(signal ?? exitCode)),
      );
      expect(end).toBe(process.platform === "win32" ? 141 : "SIGPIPE");
      expect(Buffer.concat(errors).toString()).toBe("");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
