import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Builds dist/: the library as modules with their types, and the CLI bundled into one file, because Node spends more
 * time on finding and linking a hundred small modules than kcfg spends on its work.
 */
const root = fileURLToPath(new URL("..", import.meta.url));

rmSync(`${root}/dist`, { recursive: true, force: true });

const { status } = spawnSync(
  process.execPath,
  [`${root}/node_modules/typescript/bin/tsc`, "-p", `${root}/tsconfig.build.json`],
  { stdio: "inherit" },
);

if (status === 0) {
  await build({
    entryPoints: [`${root}/src/cli/bin.ts`],
    outfile: `${root}/dist/cli/bin.js`,
    allowOverwrite: true,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    // Dependencies stay packages of their own, to be seen by whoever audits an installation.
    packages: "external",
  });
}
process.exitCode = status ?? 1;
