import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildLibrary } from "./build-library.mjs";
import { buildModules } from "./build-modules.mjs";
import { buildCli } from "./build-parts.mjs";
import { buildTypes } from "./build-types.mjs";
import { writeEntries } from "./entries.mjs";

/**
 * Builds dist/: the library in a few CommonJS files with wrappers for `import`, for Node; the same as ES modules, for
 * bundlers; its types; and the CLI in a few CommonJS files of which a command loads only what it needs. Node spends more
 * time on finding, parsing and linking code than kcfg spends on most of its work.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
// The old files stay until everything is built: nobody sees half a build, and a failure changes nothing.
mkdirSync(`${root}/.cache`, { recursive: true });
const work = mkdtempSync(`${root}/.cache/build-`);
const dist = `${work}/dist`;
const compiled = `${work}/compiled`;

try {
  const { status } = spawnSync(
    process.execPath,
    [`${root}/node_modules/typescript/bin/tsc`, "-p", `${root}/tsconfig.build.json`, "--outDir", compiled],
    { stdio: "inherit" },
  );
  if (status === 0) {
    writeEntries(`${root}/package.json`);
    await buildLibrary(dist);
    await buildModules(compiled, dist);
    await buildCli({ outdir: `${dist}/cli`, external: ["undici"] });
    buildTypes(compiled, dist);
    chmodSync(dist, 0o755);
    rmSync(`${root}/dist`, { recursive: true, force: true });
    renameSync(dist, `${root}/dist`);
  } else {
    process.exitCode = 1;
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
