// Bundles a program, kcfg and commander into one file that needs no node_modules: node bundle.mjs PROGRAM BUNDLE.mjs
import { build } from "esbuild";

const [program, bundle] = process.argv.slice(2);

await build({
  entryPoints: [program],
  outfile: bundle,
  bundle: true,
  minify: true,
  platform: "node",
  target: "node20",
  format: "esm",
  // commander is CommonJS that requires modules of Node; kcfg alone would not need this.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
  },
});
