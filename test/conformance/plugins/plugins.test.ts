import { availableParallelism } from "node:os";
import { describeUnless, testUnless } from "../../support/unless.ts";
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

/** What a machine executes depends on the machine. */
const otherMachine =
  process.platform === "linux" && process.arch === "x64" ? undefined : "recorded on Linux x64";

const onWindows = process.platform === "win32" ? "recorded on POSIX" : undefined;

describeUnless(onWindows)(`kcfg check-plugins foretells what kubectl ${judge} does`, () => {
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
    for (const vector of vectors) {
      testUnless(about === "formats" ? otherMachine : undefined)(vector.name, () => {
        const kcfg = outcomes.get(vector);
        if (kcfg === undefined) {
          throw new Error("the vector was not run");
        }
        expect(findFaults(outcomeOf(vector.kubectl, judge), kcfg)).toEqual([]);
      });
    }
  });
});
