import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../conformance/repository.ts";
import type { FuzzTarget } from "./target.ts";

/** Each target is loaded by itself, so that one that cannot be loaded does not affect the others. */
const LOADERS: Readonly<Record<string, () => Promise<{ readonly target: FuzzTarget }>>> = {
  kubeconfig: () => import("./targets/kubeconfig-target.ts"),
  "quick-readers": () => import("./targets/quick-readers-target.ts"),
  kuberc: () => import("./targets/kuberc-target.ts"),
  "exec-credential": () => import("./targets/exec-credential-target.ts"),
  jsonpath: () => import("./targets/jsonpath-target.ts"),
  templates: () => import("./targets/templates-target.ts"),
  keys: () => import("./targets/keys-target.ts"),
  certificates: () => import("./targets/certificates-target.ts"),
  "http-answers": () => import("./targets/http-answers-target.ts"),
  edits: () => import("./targets/edits-target.ts"),
  "side-files": () => import("./targets/side-files-target.ts"),
};

/** The targets of `npm run fuzz`. */
export const TARGET_NAMES: readonly string[] = Object.keys(LOADERS);

/** Returns the target of a name. */
export async function targetNamed(name: string): Promise<FuzzTarget> {
  const load = name === "self-check" ? () => import("./targets/self-check-target.ts") : LOADERS[name];
  if (load === undefined) {
    throw new Error(`no target ${name}: there are ${TARGET_NAMES.join(", ")}`);
  }
  return (await load()).target;
}

/** Returns the inputs in `corpus/NAME/`, by file name: past findings and valid examples. */
export function corpusOf(name: string): readonly (readonly [file: string, bytes: Uint8Array])[] {
  const folder = join(repositoryRoot(), "test/fuzz/corpus", name);
  return existsSync(folder)
    ? readdirSync(folder)
        .toSorted()
        .map((file) => [file, readFileSync(join(folder, file))] as const)
    : [];
}
