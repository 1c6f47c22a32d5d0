import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { apiPage } from "./api-page-text.ts";

/** Writes docs/api.md from the built types. A test checks that it is up to date. */
writeFileSync(join(dirname(fileURLToPath(import.meta.url)), "../docs/api.md"), apiPage());
