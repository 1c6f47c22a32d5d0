import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { COMMON, COMMONJS, PLAIN_EXPORTS } from "./commonjs.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Builds the CLI into a folder.
 *
 * @param external - dependencies that are installed next to it; all others are bundled, with their licences
 */
export async function buildCli({ outdir, external = [] }) {
  await buildParts({
    entryPoints: { bin: `${root}/src/cli/bin.ts` },
    outdir,
    external,
    plugins: [withShortcut],
  });
  // The short way loads one file: parts that are shared with all commands would be a dozen.
  await build({
    ...COMMON,
    ...COMMONJS,
    entryPoints: [`${root}/src/cli/run-shortly.ts`],
    outfile: `${outdir}/${SHORTCUT}`,
    external,
    footer: { js: PLAIN_EXPORTS },
  });
  // npx makes it executable only when it links it: another build would lose the permission.
  chmodSync(`${outdir}/bin.cjs`, 0o755);
}

/**
 * Builds the CLI with all its dependencies into one file.
 *
 * @returns the names of the dependencies
 */
export async function buildWhole(outfile) {
  const { metafile } = await build({
    ...COMMON,
    ...COMMONJS,
    plugins: [...COMMON.plugins, withoutExecutables],
    entryPoints: [`${root}/src/cli/bin.ts`],
    outfile,
    metafile: true,
  });
  return [...packagesIn(metafile)].toSorted();
}

/**
 * Builds a module in parts, of which those that it imports late are loaded late: esbuild splits ES modules only, and Node
 * starts CommonJS faster, so each part is turned into CommonJS by itself.
 *
 * @returns for every entry point what it exports
 */
export async function buildParts({ entryPoints, outdir, external, plugins = [] }) {
  const { outputFiles, metafile } = await build({
    ...COMMON,
    plugins: [...COMMON.plugins, withoutExecutables, ...plugins],
    format: "esm",
    splitting: true,
    external,
    entryPoints,
    outdir,
    outExtension: { ".js": ".cjs" },
    chunkNames: "parts/[name]-[hash]",
    write: false,
    metafile: true,
  });
  for (const { path, text } of outputFiles) {
    // An ES module has no require(), so esbuild emits a replacement, which no bundler would see through.
    const { code } = await transform(text.replaceAll(/\b__require\d*\("/g, 'require("'), {
      ...COMMONJS,
      // require() is the quicker import().
      supported: { "dynamic-import": false },
      footer: PLAIN_EXPORTS,
    });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
  for (const name of packagesIn(metafile)) {
    copyFileSync(`${root}/node_modules/${name}/LICENSE`, `${outdir}/parts/${name}.LICENSE`);
  }
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, { exports }]) => [relative(outdir, resolve(path)), exports]),
  );
  return Object.fromEntries(
    Object.keys(entryPoints).map((name) => [name, outputs.get(join(`${name}.cjs`)).toSorted()]),
  );
}

const SHORTCUT = "parts/run-shortly.cjs";

/** Leaves the short way to a file of its own. */
const withShortcut = {
  name: "with-shortcut",
  setup({ onResolve }) {
    onResolve({ filter: /\/run-shortly\.ts$/ }, () => ({ path: `./${SHORTCUT}`, external: true }));
  },
};

/** commander can run subcommands that are executables of their own. kcfg has none, and what starts processes loads slowly. */
const withoutExecutables = {
  name: "without-executables",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer, path }) =>
      /[/\\]commander[/\\]/.test(importer) ? { path, namespace: "nothing" } : undefined,
    );
    onLoad({ filter: /^/, namespace: "nothing" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** Returns the names of the bundled packages. */
function packagesIn({ inputs }) {
  const names = Object.keys(inputs).map(
    (path) => /(?<=^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1],
  );
  return new Set(names.filter((name) => name !== undefined));
}
