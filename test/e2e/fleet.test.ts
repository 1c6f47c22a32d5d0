import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { Fleet } from "../support/fleet.ts";
import { createFleet } from "../support/fleet.ts";
import { runBin } from "../support/run-bin.ts";

let fleet: Fleet = { files: new Map(), contexts: 0 };
const folder = mkdtempSync(join(tmpdir(), "kcfg-fleet-"));
const bin = join(folder, "bin");
let files: readonly string[] = [];

beforeAll(async () => {
  fleet = await createFleet();
  files = [...fleet.files.keys()].map((name) => join(folder, name));
  for (const [name, text] of fleet.files) {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  }
  mkdirSync(bin);
  // Installed, unlike aws.
  for (const name of ["gke-gcloud-auth-plugin", "kubelogin"]) {
    writeFileSync(join(bin, name), "#!/bin/sh\n", { mode: 0o755 });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: readonly string[]): { readonly stdout: string; readonly stderr: string } {
  return runBin(args, { env: { HOME: folder, PATH: bin, KUBECONFIG: files.join(delimiter) } });
}

function longest(text: string): number {
  return Math.max(...text.split("\n").map((line) => line.length));
}

test("the fleet has 11 files and 299 contexts", () => {
  expect([fleet.files.size, fleet.contexts]).toEqual([11, 299]);
  expect(run("get-contexts", "-o", "name").stdout.trimEnd().split("\n")).toHaveLength(299);
});

test("doctor tells of each cause once", () => {
  const { stdout } = run("doctor");
  expect(stdout).toContain("  error  plugin-missing  aws: 97 users\n");
  expect(stdout.match(/plugin-missing {2}aws/g)).toHaveLength(1);
  expect(stdout).toContain(" and 30 more\n");
  expect(stdout).not.toMatch(/^ {2}info/m);
  expect(stdout.split("\n").length).toBeLessThan(100);
  expect(longest(stdout)).toBeLessThan(120);
});

test("doctor --all names everything", () => {
  const { stdout } = run("doctor", "--all");
  expect(stdout).toContain("  info  exec-command-in-path  gke-gcloud-auth-plugin: 55 users\n");
  expect(stdout).not.toContain(" more\n");
  for (const name of ["payments-dev", "ledger-prod", "rancher-a-39"]) {
    expect(stdout).toContain(name);
  }
});

test("JSON and SARIF have each finding by itself", () => {
  const { findings, summary } = JSON.parse(run("doctor", "-o", "json").stdout) as {
    readonly findings: readonly { readonly code: string; readonly line: number | null }[];
    readonly summary: { readonly error: number; readonly warning: number; readonly info: number };
  };
  const missing = findings.filter(({ code }) => code === "plugin-missing");
  expect(missing.filter(({ line }) => line !== null)).toHaveLength(98);
  expect(findings).toHaveLength(summary.error + summary.warning + summary.info);
  const sarif = JSON.parse(run("doctor", "-o", "sarif").stdout) as {
    readonly runs: readonly { readonly results: readonly unknown[] }[];
  };
  expect(sarif.runs[0]?.results).toHaveLength(findings.length);
});

test("check-plugins has a row for each executable; wide, for each user", () => {
  const { stdout } = run("check-plugins");
  expect(stdout).toMatch(/^missing {3}97 users +97 contexts +aws +<none>/m);
  expect(stdout).toMatch(/^allowed {3}55 users +55 contexts +gke-gcloud-auth-plugin/m);
  expect(stdout.trimEnd().split("\n")).toHaveLength(7);
  expect(longest(stdout)).toBeLessThan(200);
  const wide = run("check-plugins", "-o", "wide").stdout;
  expect(wide.trimEnd().split("\n")).toHaveLength(3 + 97 + 55 + 50 + 1);
  const { plugins } = JSON.parse(run("check-plugins", "-o", "json").stdout) as {
    readonly plugins: readonly unknown[];
  };
  expect(plugins).toHaveLength(203);
});

test("check-plugins --suggest warns once for each cause", () => {
  const { stderr } = run("check-plugins", "--suggest");
  expect(stderr).toMatch(
    /^warning: the plugins of 97 users \(.* and 94 more\) are left out: exec: executable aws/m,
  );
  expect(stderr.trimEnd().split("\n")).toHaveLength(2);
});

test("both take files instead of KUBECONFIG", () => {
  const [first = "", ...others] = files;
  expect(run("doctor", "-o", "json", ...others).stdout).not.toContain("eks-dev.yaml");
  expect(run("check-plugins", first).stdout).toMatch(/^missing {3}33 users +33 contexts +aws/m);
  const { exitCode } = runBin(["doctor", join(folder, "nope")], { env: { HOME: folder } });
  expect(exitCode).toBe(1);
});
