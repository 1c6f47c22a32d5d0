import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../conformance/repository.ts";

/** Certificates and keys of all kinds, by the names of the files that they were made in. */
export const pem = JSON.parse(
  readFileSync(join(repositoryRoot(), "test", "exec", "fixtures", "pem.json"), "utf8"),
) as Readonly<Record<string, string>>;
