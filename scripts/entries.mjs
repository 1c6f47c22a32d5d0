import { readFileSync, writeFileSync } from "node:fs";

/**
 * The modules of src/ that programs can import: `kcfg` itself and its subpaths. A new subpath needs a line here, and
 * `npm run build`, which also writes it into package.json.
 *
 * `esModule` names a package that is an ES module, which not every Node can require(): see build.mjs.
 */
export const ENTRIES = {
  index: {},
  "client-node": { esModule: "@kubernetes/client-node" },
  testing: {},
  printers: {},
  yaml: {},
  "exec-plugin": {},
};

/**
 * Returns by which condition an entry is which file. Bundlers take `module`, for `import` and `require()` alike; Node does
 * not know it. So there is one copy of the code in a bundle, and one in a process of Node, where `import` gives what
 * `require()` gives.
 */
function conditions(name) {
  return {
    module: { types: `./dist/${name}.d.ts`, default: `./dist/esm/${name}.js` },
    import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
    require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
  };
}

/** Returns what package.json says of the entries. */
function entryFields() {
  const subpaths = Object.keys(ENTRIES).filter((name) => name !== "index");
  return {
    typesVersions: { "*": Object.fromEntries(subpaths.map((name) => [name, [`./dist/${name}.d.cts`]])) },
    exports: {
      ".": conditions("index"),
      ...Object.fromEntries(subpaths.map((name) => [`./${name}`, conditions(name)])),
      "./schemas/*": "./schemas/*",
      "./package.json": "./package.json",
    },
  };
}

/** Writes the entries into package.json, if it does not have them yet. */
export function writeEntries(file) {
  const text = readFileSync(file, "utf8");
  const wanted = `${JSON.stringify({ ...JSON.parse(text), ...entryFields() }, undefined, 2)}\n`;
  if (JSON.stringify(JSON.parse(wanted)) !== JSON.stringify(JSON.parse(text))) {
    writeFileSync(file, wanted);
  }
}
