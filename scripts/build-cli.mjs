import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { COMMON, COMMONJS, PLAIN_EXPORTS } from "./commonjs.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Builds the CLI into a folder, a part for each command: esbuild splits ES modules only, and Node starts CommonJS
 * faster, so each part is turned into CommonJS by itself.
 *
 * @param packages - "external" leaves dependencies to be installed beside it, "bundle" takes them in
 */
export async function buildCli({ outdir, packages }) {
  const { outputFiles } = await build({
    ...COMMON,
    format: "esm",
    splitting: true,
    packages,
    entryPoints: [`${root}/src/cli/bin.ts`],
    outdir,
    outExtension: { ".js": ".cjs" },
    chunkNames: "parts/[name]-[hash]",
    write: false,
  });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(text, {
      ...COMMONJS,
      // require() is the quicker import().
      supported: { "dynamic-import": false },
      footer: PLAIN_EXPORTS,
    });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
}
