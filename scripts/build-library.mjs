import { readFileSync, writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildParts } from "./build-parts.mjs";
import { COMMON } from "./commonjs.mjs";
import { ENTRIES } from "./entries.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { dependencies, peerDependencies } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));

/** Modules of which a second copy does no harm. */
const STATELESS = new Set(["library/connect-kinds.ts", "check-options.ts", "codec/nearest.ts"]);

const libraryOutside = {
  name: "library-outside",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/index\.ts$/ }, () => ({ path: "./index.js", external: true }));
  },
};

/**
 * Builds the library for Node. `import` and `require()` get the same classes, from whichever entry: there is one copy of
 * the code, CommonJS, which Node starts faster. The wrappers are files of their own, because Node searches any imported
 * CommonJS for the names of its exports.
 */
export async function buildLibrary(dist) {
  const names = Object.keys(ENTRIES);
  const exported = await buildParts({
    entryPoints: Object.fromEntries(names.map((name) => [`parts/${part(name)}`, `${root}/src/${name}.ts`])),
    outdir: dist,
    external: [...Object.keys(dependencies), ...Object.keys(peerDependencies)],
  });
  for (const name of names) {
    const list = exported[`parts/${part(name)}`].join(",\n  ");
    const require = `const {\n  ${list},\n} = require("./parts/${part(name)}.cjs");\n`;
    writeFileSync(`${dist}/${name}.cjs`, `"use strict";\n${require}module.exports = {\n  ${list},\n};\n`);
    if (ENTRIES[name].esModule === undefined) {
      writeFileSync(`${dist}/${name}.js`, `export {\n  ${list},\n} from "./${name}.cjs";\n`);
    } else {
      await buildEsModule(dist, name);
    }
  }
}

function part(name) {
  return name === "index" ? "library" : name;
}

/**
 * Builds for `import` an entry that imports a package that is an ES module, so that no Node has to require() one. All
 * that has state comes from the library, of which there is one copy.
 */
async function buildEsModule(dist, name) {
  const { metafile } = await build({
    ...COMMON,
    plugins: [...COMMON.plugins, libraryOutside],
    format: "esm",
    packages: "external",
    entryPoints: [`${root}/src/${name}.ts`],
    outdir: dist,
    metafile: true,
  });
  const inside = Object.keys(metafile.inputs).map((path) => relative(`${root}/src`, resolve(path)));
  const others = inside.filter((path) => path !== `${name}.ts` && !STATELESS.has(path));
  if (others.length > 0) {
    throw new Error(`src/${name}.ts must import these by ./index.ts: ${others.join(", ")}`);
  }
}
