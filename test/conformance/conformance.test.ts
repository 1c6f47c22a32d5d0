import { availableParallelism } from "node:os";
import { describeUnless, testUnless } from "../support/unless.ts";
import { divergenceOf, divergences } from "./divergences.ts";
import { inParallel } from "./in-parallel.ts";
import { judgeOutcome } from "./judge.ts";
import { judge } from "./kubectl-version.ts";
import { noOtherUser } from "./process-runner.ts";
import { builtCli } from "./repository.ts";
import { residentRunner } from "./resident-runner.ts";
import { runCase } from "./run-case.ts";
import type { Outcome, Vector } from "./vector.ts";
import { outcomeOf } from "./vector.ts";
import { readVectorFiles } from "./vector-files.ts";

const files = readVectorFiles();
const vectors = files.flatMap((file) => file.vectors);
const outcomes = new Map<Vector, Outcome>();
const runner = residentRunner(builtCli());

const onWindows = process.platform === "win32" ? "recorded on POSIX" : undefined;

describeUnless(onWindows)(`kcfg does what kubectl ${judge} does`, () => {
  beforeAll(async () => {
    try {
      await inParallel(
        vectors.filter((vector) => runner.canRun(vector)),
        availableParallelism(),
        async (vector) => outcomes.set(vector, await runCase(runner, vector)),
      );
    } finally {
      runner.close();
    }
  }, 170_000);

  describe.each(files.map((file) => [file.rule, file.vectors] as const))("%s", (_rule, ofRule) => {
    for (const vector of ofRule) {
      testUnless(runner.canRun(vector) ? undefined : noOtherUser)(vector.name, () => {
        const got = outcomes.get(vector);
        if (got === undefined) {
          throw new Error("the vector was not run");
        }
        const verdict = judgeOutcome(vector, outcomeOf(vector.kubectl, judge), got);
        expect(verdict.differences).toEqual([]);
        expect(verdict.needlesslyListed ? verdict.divergence : "").toBe("");
      });
    }
  });

  test("every listed divergence applies to some vector", () => {
    const unused = divergences.filter(
      (each) => !vectors.some((vector) => divergenceOf(vector, outcomeOf(vector.kubectl, judge)) === each),
    );
    expect(unused.map(({ reason }) => reason)).toEqual([]);
  });
});
