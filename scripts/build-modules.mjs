import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { COMMON } from "./commonjs.mjs";
import { ENTRIES } from "./entries.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/** `from "./x.js"` and `import("./x.js")`. */
const SPECIFIER = /(?:\bfrom |\bimport |\bimport\()"(\.{1,2}\/[^"]+)"/g;

/** `from "x"`, where x is neither a file nor a module of Node. */
const PACKAGE = /(?:^|\} |\w )from "(?!\.|node:)([^"]+)";$/gm;

/** A late load of a package, as an ES module requires it. */
const LATE_REQUIRE = /createRequire\(import\.meta\.url\)\("([^"]+)"\)/g;

/** The value of a constant of a module that is the result of a call: none of kcfg's has side effects. */
const CALL = /^((?:export )?const [\w$]+ =\s+)(?=(?:new )?[\w$.]+\()/gm;

/** What the library uses of packages that it loads late: all of undici would add its fetch, its caches and more. */
const LATE_PACKAGES = {
  "undici/index.js": `
    const Dispatcher = require("undici/lib/dispatcher/dispatcher.js");
    Object.assign(Dispatcher.prototype, require("undici/lib/api/index.js"));
    return { Dispatcher, Pool: require("undici/lib/dispatcher/pool.js") };`,
};

/**
 * Makes the ES modules for bundlers in `dist/esm/`: every module that the entries import, by itself, so that a bundler
 * leaves out what a program does not use. They neither require() nor ask for their own address, which bundles of either
 * format could not do.
 *
 * @param compiled - what tsc wrote
 */
export async function buildModules(compiled, dist) {
  const seen = new Set();
  for (const name of Object.keys(ENTRIES)) {
    await addModule(`${name}.js`);
  }

  async function addModule(name) {
    if (seen.has(name)) {
      return;
    }
    seen.add(name);
    const text = readFileSync(join(compiled, name), "utf8");
    const late = new Set([...text.matchAll(LATE_REQUIRE)].map(([, from]) => from));
    for (const from of late) {
      await addPackage(from);
    }
    const { code } = await transform(withPackages(text, late, name).replaceAll(CALL, "$1/* @__PURE__ */ "), {
      format: "esm",
      platform: "node",
      target: COMMON.target,
    });
    const packages = [...code.matchAll(PACKAGE)].map(([, from]) => from);
    if (packages.some((from) => !Object.values(ENTRIES).some(({ esModule }) => from === esModule))) {
      throw new Error(`${name}: the library imports no package at run time, but ${packages.join(", ")}`);
    }
    if (/\bimport\.meta\b|\brequire\(/.test(code)) {
      throw new Error(`${name}: in an ES module for bundlers, load late by process.getBuiltinModule()`);
    }
    const file = join(dist, "esm", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
    for (const [, specifier] of text.matchAll(SPECIFIER)) {
      await addModule(join(dirname(name), specifier));
    }
  }

  /**
   * Makes an ES module of a CommonJS package, as esbuild makes none of a package that requires modules of Node. Loaded
   * late, as ever.
   */
  async function addPackage(from) {
    const name = nameOf(from);
    await build({
      ...COMMON,
      plugins: [builtinModules],
      format: "esm",
      minifyWhitespace: true,
      stdin: { contents: `export function load() {${LATE_PACKAGES[from]}}`, resolveDir: root },
      outfile: join(dist, "esm", "packages", `${name}.js`),
    });
    copyFileSync(`${root}/node_modules/${name}/LICENSE`, join(dist, "esm", "packages", `${name}.LICENSE`));
  }
}

/** Makes late loads of packages those of ES modules in `packages/`. */
function withPackages(text, packages, name) {
  if (packages.size === 0) {
    return text;
  }
  const folder = relative(dirname(name), "packages");
  const imports = [...packages].map(
    (from) => `import { load as ${loaderOf(from)} } from "${folder}/${nameOf(from)}.js";\n`,
  );
  const body = text
    .replaceAll(LATE_REQUIRE, (_, from) => `${loaderOf(from)}()`)
    .replaceAll(/^import \{ createRequire \} from "node:module";\n/gm, "");
  return `${imports.join("")}${body}`;
}

/** Returns the name of the package in a specifier. */
function nameOf(from) {
  return /^(?:@[^/]+\/)?[^/]+/.exec(from)[0];
}

function loaderOf(from) {
  return `load_${nameOf(from).replaceAll(/\W/g, "_")}`;
}

/** Gets the modules of Node in a way that ES modules have, too. */
const builtinModules = {
  name: "builtin-modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "builtin" }));
    onLoad({ filter: /^/, namespace: "builtin" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};
