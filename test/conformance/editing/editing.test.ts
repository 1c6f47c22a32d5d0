import { availableParallelism } from "node:os";
import { inParallel } from "../in-parallel.ts";
import { judge } from "../kubectl-version.ts";
import { builtCli } from "../repository.ts";
import { residentRunner } from "../resident-runner.ts";
import { editDivergences } from "./divergences.ts";
import type { EditVector } from "./edit-case.ts";
import type { EditVerdict } from "./judge-edit.ts";
import { judgeEdit } from "./judge-edit.ts";
import { runEditCase } from "./run-edit-case.ts";
import { editOutcomeOf, readEditVectors } from "./vectors.ts";

const vectors = readEditVectors();
const verdicts = new Map<EditVector, EditVerdict>();

const describeWhereKubectlRuns = process.platform === "win32" ? describe.skip : describe;

describeWhereKubectlRuns(`kcfg leaves files that read as those that kubectl ${judge} leaves`, () => {
  beforeAll(async () => {
    // Reading is compared elsewhere: kcfg shows what kubectl would show.
    const runner = residentRunner(builtCli());
    try {
      await inParallel(vectors, availableParallelism(), async (vector) => {
        if (runner.canRun({ ...vector, argv: [] })) {
          const outcome = await runEditCase(runner, runner, vector);
          verdicts.set(
            vector,
            await judgeEdit(vector, editOutcomeOf(vector.kubectl, judge), outcome, runner),
          );
        }
      });
    } finally {
      runner.close();
    }
  }, 120_000);

  test.each(vectors.map((vector) => [vector.name, vector] as const))("%s", (_name, vector) => {
    expect(verdicts.get(vector)?.differences ?? []).toEqual([]);
  });

  test("every listed divergence is needed by some step", () => {
    const used = new Set([...verdicts.values()].flatMap(({ divergences }) => divergences));
    expect(editDivergences.filter((each) => !used.has(each)).map(({ reason }) => reason)).toEqual([]);
  });
});
