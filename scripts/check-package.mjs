import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Packs the package as for publishing, and lets publint and "are the types wrong" check it. */
const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kcfg-pack-"));

try {
  npm("pack", "--silent", "--ignore-scripts", "--pack-destination", folder);
  const [name] = readdirSync(folder);
  const tarball = join(folder, name);
  // Run by `npm exec`, which finds a bin on every platform; both are installed, nothing is fetched.
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
