import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

/**
 * Builds dist/: every module by itself with its types, for the tests; over it the library in one file, and the CLI in a few
 * CommonJS files of which a command loads only what it needs. Node spends more time on finding, parsing and linking code
 * than kcfg spends on most of its work.
 */
const root = fileURLToPath(new URL("..", import.meta.url));

const COMMON = {
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  // Dependencies stay packages of their own, to be seen by whoever audits an installation.
  packages: "external",
};

rmSync(`${root}/dist`, { recursive: true, force: true });

const { status } = spawnSync(
  process.execPath,
  [`${root}/node_modules/typescript/bin/tsc`, "-p", `${root}/tsconfig.build.json`],
  { stdio: "inherit" },
);

if (status === 0) {
  await buildLibrary();
  await buildCli();
}
process.exitCode = status ?? 1;

async function buildLibrary() {
  await build({
    ...COMMON,
    entryPoints: [`${root}/src/index.ts`, `${root}/src/client-node.ts`],
    outdir: `${root}/dist`,
    chunkNames: "parts/[name]-[hash]",
    allowOverwrite: true,
  });
}

/** esbuild splits ES modules only, and Node starts CommonJS faster: so each part is turned into CommonJS by itself. */
async function buildCli() {
  const { outputFiles } = await build({
    ...COMMON,
    entryPoints: [`${root}/src/cli/bin.ts`],
    outdir: `${root}/dist/cli`,
    outExtension: { ".js": ".cjs" },
    chunkNames: "parts/[name]-[hash]",
    write: false,
  });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      platform: "node",
      format: "cjs",
      target: "node20.19",
      // require() is the quicker import().
      supported: { "dynamic-import": false },
      define: { "import.meta.url": "__filename" },
      // esbuild exports getters. No export ever changes, and plain values are much faster to use.
      footer: "module.exports = { ...module.exports };",
    });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
}
