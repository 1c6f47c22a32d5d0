import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../test/conformance/repository.ts";

/**
 * Runs end-to-end suites with the self-contained executable of this machine instead of the built CLI: those that look at
 * what goes in and comes out. The others load modules before the CLI, or look at its process.
 */
const SUITES = [
  "broken-streams",
  "cli",
  "completion",
  "concurrent-kuberc",
  "doctor",
  "kuberc",
  "newcomer",
  "no-shell",
  "oidc",
  "output",
  "raw",
  "resolve",
  "secrets",
];

const root = repositoryRoot();
const folder = join(root, ".cache", "executable");
const platform = `${process.platform}-${process.arch}`;
execFileSync("npx", ["tsx", "scripts/executables.mjs", folder, platform], { cwd: root, stdio: "inherit" });

// The suites start a script of Node: this one starts the executable in its place.
const stand = join(folder, "kcfg.cjs");
mkdirSync(folder, { recursive: true });
writeFileSync(
  stand,
  `const { spawnSync } = require("node:child_process");
const { status, signal } = spawnSync(${JSON.stringify(join(folder, `kcfg-${platform}`))}, process.argv.slice(2), {
  argv0: process.argv[1],
  stdio: "inherit",
});
if (signal) process.kill(process.pid, signal);
process.exitCode = status ?? 1;
`,
);
const paths = SUITES.map((suite) => `test/e2e/${suite}.test.ts`);
const { status } = spawnSync("npx", ["jest", ...paths], {
  cwd: root,
  env: { ...process.env, KCFG_CLI: stand },
  stdio: "inherit",
});
process.exitCode = status ?? 1;
