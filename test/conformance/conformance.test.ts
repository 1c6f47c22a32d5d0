import { availableParallelism } from "node:os";
import { divergenceOf, divergences } from "./divergences.ts";
import { inParallel } from "./in-parallel.ts";
import { judgeOutcome } from "./judge.ts";
import { judge } from "./kubectl-version.ts";
import { builtCli } from "./repository.ts";
import { residentRunner } from "./resident-runner.ts";
import { runCase } from "./run-case.ts";
import type { Outcome, Vector } from "./vector.ts";
import { outcomeOf } from "./vector.ts";
import { readVectorFiles } from "./vector-files.ts";

const files = readVectorFiles();
const vectors = files.flatMap((file) => file.vectors);
const outcomes = new Map<Vector, Outcome | "cannot run here">();

const describeWhereKubectlRuns = process.platform === "win32" ? describe.skip : describe;

describeWhereKubectlRuns(`kcfg does what kubectl ${judge} does`, () => {
  beforeAll(async () => {
    const runner = residentRunner(builtCli());
    try {
      await inParallel(vectors, availableParallelism(), async (vector) => {
        outcomes.set(vector, runner.canRun(vector) ? await runCase(runner, vector) : "cannot run here");
      });
    } finally {
      runner.close();
    }
  }, 170_000);

  describe.each(files.map((file) => [file.rule, file.vectors] as const))("%s", (_rule, ofRule) => {
    test.each(ofRule.map((vector) => [vector.name, vector] as const))("%s", (_name, vector) => {
      const got = outcomes.get(vector);
      if (got === "cannot run here") {
        return;
      }
      if (got === undefined) {
        throw new Error("the vector was not run");
      }
      const verdict = judgeOutcome(vector, outcomeOf(vector.kubectl, judge), got);
      expect(verdict.differences).toEqual([]);
      expect(verdict.needlesslyListed ? verdict.divergence : "").toBe("");
    });
  });

  test("every listed divergence applies to some vector", () => {
    const unused = divergences.filter(
      (each) => !vectors.some((vector) => divergenceOf(vector, outcomeOf(vector.kubectl, judge)) === each),
    );
    expect(unused.map(({ reason }) => reason)).toEqual([]);
  });
});
