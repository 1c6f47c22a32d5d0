import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../../test/conformance/repository.ts";
import type { Subjects } from "../alternate.ts";
import { alternate } from "../alternate.ts";
import { generateKubeconfigs } from "../kubeconfig.ts";
import type { Program } from "../measure.ts";
import type { BenchNode } from "../nodes.ts";
import type { Plan } from "../plan.ts";
import type { ImportResult } from "../result.ts";

/** The imports that are compared with a bare Node.js, by their names in the tables. */
export const IMPORTS = {
  nothing: "an empty module",
  kcfg: '`import "kcfg"`',
  required: '`require("kcfg")`',
  load: '`import "kcfg"` and load 10 contexts',
  official: '`import "@kubernetes/client-node"`',
  officialLoad: "the same, and load 10 contexts",
} as const;

/** The Node.js that does nothing. */
export const BARE = "`node -e 0`";

/**
 * Measures what importing the library costs a program, as whole processes, against the official client and no import at
 * all.
 */
export async function measureImports(
  plan: Plan,
  nodes: readonly BenchNode[],
  report: (progress: string) => void,
): Promise<readonly ImportResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "kcfg-bench-"));
  try {
    const file = join(folder, "config.yaml");
    writeFileSync(file, generateKubeconfigs(10, 1, "yaml").join(""));
    const results: ImportResult[] = [];
    for (const node of nodes) {
      report(`imports on Node.js ${node.major}`);
      const subjects = subjectsOn(node, { HOME: folder, USERPROFILE: folder, KUBECONFIG: file });
      const samples = await alternate(subjects, plan.imports.rounds, repositoryRoot());
      results.push({ node: node.major, samples });
    }
    return results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function subjectsOn(node: BenchNode, env: Program["env"]): Subjects {
  const program = (name: string): Program => ({
    command: node.path,
    args: [join(repositoryRoot(), "bench/programs", name)],
    env,
  });
  return {
    [BARE]: { command: node.path, args: ["-e", "0"], env },
    [IMPORTS.nothing]: program("import-nothing.mjs"),
    [IMPORTS.kcfg]: program("import-kcfg.mjs"),
    [IMPORTS.required]: program("require-kcfg.cjs"),
    [IMPORTS.load]: program("load-kcfg.mjs"),
    [IMPORTS.official]: program("import-official.mjs"),
    [IMPORTS.officialLoad]: program("load-official.mjs"),
  };
}
