import { readFileSync } from "node:fs";

/**
 * What the sources load late by `createRequire(import.meta.url)("x")`, as an ES module must, becomes `require("x")`:
 * bundlers can see that one, esbuild here and whatever the users of the package have.
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

/** What all builds have in common. */
export const COMMON = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  plugins: [lateRequires],
};

/** How a module becomes CommonJS. */
export const COMMONJS = {
  platform: "node",
  format: "cjs",
  target: "node20.19",
  define: { "import.meta.url": "__filename" },
};

/** esbuild exports getters. No export ever changes, and plain values are much faster to use. */
export const PLAIN_EXPORTS = "module.exports = { ...module.exports };";
