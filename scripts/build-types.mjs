import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** `from "./x.ts"` and `import("./x.ts")` in declarations. */
const SPECIFIER = /(\bfrom |\bimport\()"(\.{1,2}\/[^"]+)\.ts"/g;

/** The result of `publicFunction`, whose type tsc writes on one line; the last arrow is the function's own. */
const PUBLIC_FUNCTION = /^export declare const (\w+): \((.*)\) => (.+);$/gm;

/**
 * Makes the published types from what tsc wrote to dist/: the code is CommonJS, and so are its types (`.d.cts`), which
 * those for `import` refer to. So a class has the same type however it is imported.
 */
export function buildTypes(dist) {
  const seen = new Set();
  const clientNode = readFileSync(join(dist, "client-node.d.ts"), "utf8");
  for (const name of ["index", "client-node", "testing", "printers", "yaml"]) {
    writeCommonJsTypes(join(dist, name), seen);
    writeFileSync(join(dist, `${name}.d.ts`), `export * from "./${name}.cjs";\n`);
  }
  // These types are of an ES module's, as are those of the official client that they name.
  writeFileSync(join(dist, "client-node.d.ts"), clientNode.replaceAll(SPECIFIER, '$1"$2.cjs"'));
}

/** Writes the types of a module, and of all modules that it names, next to it. */
function writeCommonJsTypes(module, seen) {
  if (seen.has(module)) {
    return;
  }
  seen.add(module);
  const text = readFileSync(`${module}.d.ts`, "utf8");
  writeFileSync(`${module}.d.cts`, asCommonJs(text));
  for (const [, , path] of text.matchAll(SPECIFIER)) {
    writeCommonJsTypes(join(dirname(module), path), seen);
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
