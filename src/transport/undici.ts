import { createRequire } from "node:module";
import type * as Undici from "undici";

let loaded: typeof Undici | undefined;

/**
 * Loads undici, lazily: loading it takes longer than loading all of kcfg, and only connections need it. By the name of the
 * file, since Bun gives an incomplete replacement for the package.
 */
export function undici(): Pick<typeof Undici, "Dispatcher" | "Pool"> {
  loaded ??= createRequire(import.meta.url)("undici/index.js") as typeof Undici;
  return loaded;
}
