import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ENTRIES } from "./entries.mjs";

/** `from "./x.ts"` and `import("./x.ts")` in declarations. */
const SPECIFIER = /(\bfrom |\bimport\()"(\.{1,2}\/[^"]+)\.ts"/g;

/** The result of `publicFunction`, whose type tsc writes on one line; the last arrow is the function's own. */
const PUBLIC_FUNCTION = /^export declare const (\w+): \((.*)\) => (.+);$/gm;

/**
 * Makes the published types: the code is CommonJS, and so are its types (`.d.cts`), which those for `import` refer to. So
 * a class has the same type however it is imported.
 *
 * @param compiled - what tsc wrote
 */
export function buildTypes(compiled, dist) {
  const seen = new Set();
  for (const [name, { esModule }] of Object.entries(ENTRIES)) {
    addTypes(name);
    const types =
      esModule === undefined
        ? `export * from "./${name}.cjs";\n`
        : // These types are of an ES module's, as are those of the package that they name.
          readTypes(name).replaceAll(SPECIFIER, '$1"$2.cjs"');
    writeFileSync(join(dist, `${name}.d.ts`), types);
  }

  /** Adds the types of a module, and of all modules that it names. */
  function addTypes(module) {
    if (seen.has(module)) {
      return;
    }
    seen.add(module);
    const text = readTypes(module);
    const file = join(dist, `${module}.d.cts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, asCommonJs(text));
    for (const [, , path] of text.matchAll(SPECIFIER)) {
      addTypes(join(dirname(module), path));
    }
  }

  function readTypes(module) {
    return readFileSync(join(compiled, `${module}.d.ts`), "utf8");
  }
}

function asCommonJs(text) {
  return (
    text
      .replaceAll(SPECIFIER, '$1"$2.cjs"')
      // Editors show the documentation of parameters only for a declared function.
      .replaceAll(PUBLIC_FUNCTION, "export declare function $1($2): $3;")
      // The official client's types are those of an ES module.
      .replaceAll(
        /^import (?:type )?(\{[^}]*\}) from "(@kubernetes\/client-node)";$/gm,
        'import type $1 from "$2" with { "resolution-mode": "import" };',
      )
  );
}
