import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Returns the folder that holds kcfg's package.json, found from the working directory upwards. */
export function repositoryRoot(): string {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && isKcfg(readFileSync(manifest, "utf8"))) {
      return folder;
    }
    if (dirname(folder) === folder) {
      throw new Error(`run this inside kcfg's repository: no package.json of kcfg above ${process.cwd()}`);
    }
  }
}

/** Returns the built CLI, or another build of it that KCFG_CLI names. */
export function builtCli(): string {
  const path = process.env["KCFG_CLI"] ?? join(repositoryRoot(), "dist", "cli", "bin.cjs");
  if (!existsSync(path)) {
    throw new Error(`${path} is missing: run "npm run build" first`);
  }
  return path;
}

function isKcfg(manifest: string): boolean {
  return (JSON.parse(manifest) as { readonly name?: unknown }).name === "kcfg";
}
