import { availableParallelism } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { inParallel } from "../in-parallel.ts";
import { kubectlPath } from "../kubectl.ts";
import { kubectlVersions } from "../kubectl-version.ts";
import { processRunner } from "../process-runner.ts";
import { wireCases } from "./cases/index.ts";
import { createIdentities } from "./identities.ts";
import { askKubectl, runWireCase } from "./run-wire-case.ts";
import { writeWireVectors } from "./vectors.ts";
import type { WireCase, WireOutcome, WireRecorded } from "./wire-case.ts";

/** Runs the cases on every kubectl and writes its requests and output to `vectors/`. Words name groups. */
async function main(groups: readonly string[]): Promise<void> {
  process.umask(0o022);
  const identities = await createIdentities();
  const runners = await Promise.all(
    kubectlVersions.map(async (version) => [version, processRunner(await kubectlPath(version), [])] as const),
  );
  const record = async (wanted: WireCase): Promise<WireRecorded> => {
    const outcomes: [string, WireOutcome][] = [];
    for (const [version, runner] of runners) {
      outcomes.push([version, await runWireCase(identities, runner, askKubectl, wanted)]);
    }
    const [[, first] = []] = outcomes;
    return first !== undefined && outcomes.every(([, outcome]) => isDeepStrictEqual(outcome, first))
      ? { every: first }
      : (Object.fromEntries(outcomes) as WireRecorded);
  };
  for (const [about, cases] of Object.entries(wireCases)) {
    if (groups.length > 0 && !groups.includes(about)) {
      continue;
    }
    const vectors = await inParallel(cases, availableParallelism(), async (wanted) => ({
      ...wanted,
      kubectl: await record(wanted),
    }));
    writeWireVectors([about, vectors]);
    const differing = vectors.filter(({ kubectl }) => !("every" in kubectl)).length;
    console.log(`${about}: ${vectors.length} vectors, ${differing} where the versions differ`);
  }
}

await main(process.argv.slice(2));
