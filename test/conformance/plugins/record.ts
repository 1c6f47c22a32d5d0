import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { inParallel } from "../in-parallel.ts";
import { kubectlPath } from "../kubectl.ts";
import type { KubectlVersion } from "../kubectl-version.ts";
import { kubectlVersions } from "../kubectl-version.ts";
import { processRunner } from "../process-runner.ts";
import { runCase } from "../run-case.ts";
import type { Outcome, Recorded } from "../vector.ts";
import { pluginCases } from "./cases.ts";
import { vectorFolder } from "./vectors.ts";
import { asKubectl } from "./world.ts";

/** Runs every case on every kubectl and writes its output, and whether it ran the plugin, to `vectors/`. */
async function main(): Promise<void> {
  process.umask(0o022);
  mkdirSync(vectorFolder(), { recursive: true });
  const runners = await Promise.all(
    kubectlVersions.map(async (version) => [version, processRunner(await kubectlPath(version), [])] as const),
  );
  for (const [about, cases] of Object.entries(pluginCases)) {
    const vectors = await inParallel(cases, availableParallelism(), async (wanted) => {
      const outcomes = new Map<KubectlVersion, Outcome>();
      for (const [version, runner] of runners) {
        outcomes.set(version, await runCase(runner, asKubectl(wanted)));
      }
      return { ...wanted, kubectl: together(outcomes) };
    });
    writeFileSync(join(vectorFolder(), `${about}.json`), `${JSON.stringify(vectors, null, 1)}\n`);
    const differing = vectors.filter(({ kubectl }) => !("every" in kubectl)).length;
    console.log(`${about}: ${vectors.length} vectors, ${differing} where the versions differ`);
  }
}

function together(outcomes: ReadonlyMap<KubectlVersion, Outcome>): Recorded {
  const [first, ...others] = outcomes.values();
  return first !== undefined && others.every((outcome) => isDeepStrictEqual(outcome, first))
    ? { every: first }
    : (Object.fromEntries(outcomes) as Recorded);
}

await main();
