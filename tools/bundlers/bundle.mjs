/**
 * Bundles a program in the current folder with rollup or webpack:
 * `node bundle.mjs rollup|webpack esm|cjs PROGRAM BUNDLE`. Prints the warnings of the bundler.
 */
import { resolve } from "node:path";
import process from "node:process";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import webpack from "webpack";

const [bundler, format, program, bundle] = process.argv.slice(2);
await { rollup: withRollup, webpack: withWebpack }[bundler]();

async function withRollup() {
  const made = await rollup({
    input: program,
    plugins: [nodeResolve()],
    external: /^node:/,
    onwarn: ({ message }) => process.stdout.write(`${message}\n`),
  });
  await made.write({ file: bundle, format: format === "esm" ? "es" : "cjs", inlineDynamicImports: true });
  await made.close();
}

async function withWebpack() {
  const library = { type: format === "esm" ? "module" : "commonjs2" };
  const compiler = webpack({
    mode: "production",
    target: "node20",
    entry: resolve(program),
    output: { path: process.cwd(), filename: bundle, module: format === "esm", library },
    experiments: { outputModule: format === "esm" },
    // Into one file.
    plugins: [new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })],
    optimization: { minimize: false },
  });
  await new Promise((done, fail) => {
    compiler.run((error, stats) => {
      process.stdout.write(stats?.toString({ all: false, errors: true, warnings: true }) ?? "");
      compiler.close(() => (error === null ? done() : fail(error)));
    });
  });
}
