import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Run } from "../support/run-bin.ts";
import { runBin } from "../support/run-bin.ts";
import { testUnless, lackOfPosix } from "../support/unless.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "kcfg-doctor-"));
  mkdirSync(join(home, ".kube"), { mode: 0o700 });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const path = join(home, ".kube", name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

function doctor(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  return runBin(["doctor", ...args], { cwd: home, env: { HOME: home, PATH: "/usr/bin:/bin", ...env } });
}

const GOOD = `apiVersion: v1
kind: Config
current-context: x
clusters: [{name: c, cluster: {server: "https://h"}}]
users: [{name: u, user: {username: u, as: v}}]
contexts: [{name: x, context: {cluster: c, user: u}}]
`;

describe("doctor finds", () => {
  testUnless(lackOfPosix)("files that are named as for a shell, and says how to name them", () => {
    const file = write("config", GOOD);
    const { stdout, exitCode } = doctor(["-o", "json"], { KUBECONFIG: `'~/.kube/config',${file}` });
    expect(JSON.parse(stdout)).toMatchObject({
      findings: [{ code: "kubeconfig-misspelt", hint: `export KUBECONFIG=${file}:${file}` }],
    });
    expect(exitCode).toBe(1);
  });

  test("entries without a name, which --fix leaves alone", () => {
    const text = GOOD.replace(
      '{server: "https://h"}}',
      '{server: "https://h"}}, {cluster: {server: "https://i"}}',
    );
    const file = write("config", text);
    const { stdout, exitCode } = doctor(["--fix", "-o", "json"]);
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly code: string }[] };
    expect(findings.map(({ code }) => code)).toContain("unnamed-entry");
    expect(findings.map(({ code }) => code)).not.toContain("unused-cluster");
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(exitCode).toBe(1);
  });

  test("a lock that was left behind, which --fix removes", () => {
    write("config", GOOD);
    const lock = write("config.lock", "");
    const old = Date.now() / 1000 - 417 * 86_400 - 60;
    utimesSync(lock, old, old);
    expect(doctor([]).stdout).toContain("It was made 417 days ago by kubectl or the like");
    expect(doctor(["--fix", "--dry-run"]).stdout).not.toContain("It was made 417 days ago");
    expect(existsSync(lock)).toBe(true);
    expect(doctor(["--fix"]).stdout).toContain(`${lock}: removed the stale lock`);
    expect(existsSync(lock)).toBe(false);
  });

  test("with --context, nothing in other files", () => {
    const other = write("other", "clusters: [{name: d, cluster: {server: http://d}}]\nnonsense: 1\n");
    const env = { KUBECONFIG: [write("config", GOOD), other].join(process.platform === "win32" ? ";" : ":") };
    expect(doctor([], env).stdout).toContain("nonsense");
    expect(doctor(["--context", "x"], env).stdout).toMatch(/^Nothing was found/);
  });
});
