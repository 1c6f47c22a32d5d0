import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Packs the package as it would be published, and lets publint and "are the types wrong" look for faults in it. */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kcfg-pack-"));

try {
  npm("pack", "--silent", "--ignore-scripts", "--pack-destination", folder);
  const [name] = readdirSync(folder);
  const tarball = join(folder, name);
  // From `npm exec`, which finds a bin on every platform; both are installed, nothing is fetched.
  npm("exec", "--no", "--", "publint", "run", "--strict", tarball);
  npm("exec", "--no", "--", "attw", tarball, "--profile", "strict", "--no-color", "--no-emoji");
} finally {
  rmSync(folder, { recursive: true });
}

function npm(...args) {
  const { status } = spawnSync("npm", args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    process.exitCode = 1;
  }
}
