import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildCli, buildParts } from "./build-parts.mjs";
import { buildTypes } from "./build-types.mjs";
import { COMMON, COMMONJS, PLAIN_EXPORTS } from "./commonjs.mjs";

/**
 * Builds dist/: every module by itself with its types, for the tests; in addition the library in one CommonJS file with
 * a wrapper for `import`, and the CLI in a few CommonJS files of which a command loads only what it needs. Node spends
 * more time on finding, parsing and linking code than kcfg spends on most of its work.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
// The old files stay until everything is built: nobody sees half a build, and a failure changes nothing.
mkdirSync(`${root}/.cache`, { recursive: true });
const dist = mkdtempSync(`${root}/.cache/dist-`);

try {
  const { status } = spawnSync(
    process.execPath,
    [`${root}/node_modules/typescript/bin/tsc`, "-p", `${root}/tsconfig.build.json`, "--outDir", dist],
    { stdio: "inherit" },
  );
  if (status === 0) {
    await buildLibrary();
    await buildCli({ outdir: `${dist}/cli`, external: ["undici"] });
    buildTypes(dist);
    chmodSync(dist, 0o755);
    rmSync(`${root}/dist`, { recursive: true, force: true });
    renameSync(dist, `${root}/dist`);
  } else {
    process.exitCode = 1;
  }
} finally {
  rmSync(dist, { recursive: true, force: true });
}

/**
 * Builds the library. `import` and `require()` get the same classes: there is one copy of the code, CommonJS, which
 * Node starts faster. The wrapper for `import` is a file of its own, because Node searches any imported CommonJS for
 * the names of its exports.
 */
async function buildLibrary() {
  await buildParts({
    entryPoints: { "parts/library": `${root}/src/index.ts` },
    outdir: dist,
    external: Object.keys(dependencies),
  });
  const names = Object.keys(createRequire(import.meta.url)(`${dist}/parts/library.cjs`)).join(",\n  ");
  const require = `const {\n  ${names},\n} = require("./parts/library.cjs");\n`;
  writeFileSync(`${dist}/index.cjs`, `"use strict";\n${require}module.exports = {\n  ${names},\n};\n`);
  writeFileSync(`${dist}/index.js`, `export {\n  ${names},\n} from "./index.cjs";\n`);

  // The official client is an ES module, which not every Node can require(): `import` never has to.
  for (const name of ["client-node", "testing", "printers", "yaml"]) {
    await buildModule(name, "cjs");
    await buildModule(name, "esm");
  }
}

async function buildModule(name, format) {
  await build({
    ...COMMON,
    ...(format === "cjs"
      ? { ...COMMONJS, footer: { js: PLAIN_EXPORTS }, outExtension: { ".js": ".cjs" } }
      : { format }),
    packages: "external",
    entryPoints: [`${root}/src/${name}.ts`],
    outdir: dist,
    allowOverwrite: true,
  });
}
