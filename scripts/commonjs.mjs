import { readFileSync } from "node:fs";

/**
 * Late loads by `createRequire(import.meta.url)("x")`, as an ES module requires them, become `require("x")`, which
 * bundlers can see: esbuild here, and those of the package's users.
 */
const lateRequires = {
  name: "late-requires",
  setup(build) {
    build.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      return { contents: text.replaceAll("createRequire(import.meta.url)(", "require("), loader: "ts" };
    });
  },
};

/** The options of all builds. */
export const COMMON = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  plugins: [lateRequires],
};

/** The options that make CommonJS. */
export const COMMONJS = {
  platform: "node",
  format: "cjs",
  target: "node20.19",
  define: { "import.meta.url": "__filename" },
};

/** esbuild exports getters. Exports never change, and plain values are much faster to use. */
export const PLAIN_EXPORTS = "module.exports = { ...module.exports };";
