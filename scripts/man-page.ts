import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { manPage } from "./man-page-text.ts";

/** Writes man/kcfg.1 from the commands themselves. A test checks that it is up to date. */
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
writeFileSync(join(root, "man/kcfg.1"), await manPage());
