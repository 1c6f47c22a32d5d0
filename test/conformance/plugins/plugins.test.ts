import { availableParallelism } from "node:os";
import { inParallel } from "../in-parallel.ts";
import { judge } from "../kubectl-version.ts";
import { builtCli } from "../repository.ts";
import { residentRunner } from "../resident-runner.ts";
import { runCase } from "../run-case.ts";
import type { Outcome } from "../vector.ts";
import { outcomeOf } from "../vector.ts";
import type { PluginVector } from "./vectors.ts";
import { readPluginVectors } from "./vectors.ts";
import { findFaults } from "./verdict.ts";
import { asKcfg } from "./world.ts";

const groups = readPluginVectors();
const outcomes = new Map<PluginVector, Outcome>();

/** Whether this is a machine such as the vectors were recorded on. */
const isRecordedHere = process.platform === "linux" && process.arch === "x64";

const describeWhereKubectlRuns = process.platform === "win32" ? describe.skip : describe;

describeWhereKubectlRuns(`kcfg check-plugins foretells what kubectl ${judge} does`, () => {
  beforeAll(async () => {
    const runner = residentRunner(builtCli());
    try {
      await inParallel(
        groups.flatMap(([, vectors]) => vectors),
        availableParallelism(),
        async (vector) => {
          outcomes.set(vector, await runCase(runner, asKcfg(vector)));
        },
      );
    } finally {
      runner.close();
    }
  }, 170_000);

  describe.each(groups)("%s", (about, vectors) => {
    // What a machine executes depends on the machine.
    const testHere = about === "formats" && !isRecordedHere ? test.skip : test;
    testHere.each(vectors.map((vector) => [vector.name, vector] as const))("%s", (_name, vector) => {
      const kcfg = outcomes.get(vector);
      if (kcfg === undefined) {
        throw new Error("the vector was not run");
      }
      expect(findFaults(outcomeOf(vector.kubectl, judge), kcfg)).toEqual([]);
    });
  });
});
