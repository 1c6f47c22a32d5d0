import { availableParallelism } from "node:os";
import { isDeepStrictEqual } from "node:util";
import { inParallel } from "../in-parallel.ts";
import { kubectlPath } from "../kubectl.ts";
import type { KubectlVersion } from "../kubectl-version.ts";
import { kubectlVersions } from "../kubectl-version.ts";
import { kubectlRunner } from "../process-runner.ts";
import { editCases } from "./cases/index.ts";
import type { EditCase, EditOutcome, EditVector, RecordedEdit } from "./edit-case.ts";
import { runEditCase } from "./run-edit-case.ts";
import { readEditVectors, writeEditVectors } from "./vectors.ts";

/**
 * Runs the sequences on every kubectl, which also reads what it left, and writes the outcomes to `vectors/`. Unchanged
 * sequences are not run again, unless `--all` is given.
 */
async function main(all: boolean): Promise<void> {
  process.umask(0o022);
  const names = Object.values(editCases)
    .flat()
    .map(({ name }) => name);
  const repeated = names.filter((name, at) => names.indexOf(name) !== at);
  if (repeated.length > 0) {
    throw new Error(`several cases have one name: ${repeated.join("; ")}`);
  }
  const runners = await Promise.all(
    kubectlVersions.map(async (version) => [version, kubectlRunner(await kubectlPath(version))] as const),
  );
  const recorded = readEditVectors();
  for (const [rule, cases] of Object.entries(editCases)) {
    const vectors = await inParallel(cases, availableParallelism(), async (wanted): Promise<EditVector> => {
      const known = all ? undefined : recorded.find((each) => isRecordOf(each, wanted));
      if (known !== undefined) {
        return known;
      }
      const outcomes = new Map<KubectlVersion, EditOutcome>();
      for (const [version, runner] of runners) {
        outcomes.set(version, await runEditCase(runner, runner, wanted));
      }
      return { ...wanted, kubectl: together(outcomes) };
    });
    writeEditVectors(rule, vectors);
    const differing = vectors.filter(({ kubectl }) => !("every" in kubectl)).map(({ name }) => name);
    console.log(
      `${rule}: ${vectors.length} sequences, ${differing.length} where the versions differ`,
      differing,
    );
  }
}

function isRecordOf(vector: EditVector, wanted: EditCase): boolean {
  const text = JSON.stringify(wanted);
  return isDeepStrictEqual(vector, { ...(JSON.parse(text) as EditCase), kubectl: vector.kubectl });
}

function together(outcomes: ReadonlyMap<KubectlVersion, EditOutcome>): RecordedEdit {
  const [first, ...others] = outcomes.values();
  return first !== undefined && others.every((outcome) => isDeepStrictEqual(outcome, first))
    ? { every: first }
    : (Object.fromEntries(outcomes) as Exclude<RecordedEdit, { readonly every: EditOutcome }>);
}

await main(process.argv.includes("--all"));
