import { availableParallelism } from "node:os";
import { describeUnless } from "../../support/unless.ts";
import { inParallel } from "../in-parallel.ts";
import { judge } from "../kubectl-version.ts";
import { builtCli } from "../repository.ts";
import { wireDivergenceOf, wireDivergences } from "./divergences.ts";
import { createIdentities } from "./identities.ts";
import { judgeWire } from "./judge.ts";
import { kcfgForWires } from "./kcfg-runner.ts";
import { askKcfg, runWireCase } from "./run-wire-case.ts";
import { readWireVectors } from "./vectors.ts";
import type { WireOutcome, WireVector } from "./wire-case.ts";
import { wireOutcomeOf } from "./wire-case.ts";

const groups = readWireVectors();
const vectors = groups.flatMap(([, ofGroup]) => ofGroup);
const outcomes = new Map<WireVector, WireOutcome>();

const elsewhere = process.platform === "linux" ? undefined : "recorded on Linux";

describeUnless(elsewhere)(`kcfg raw asks and says what kubectl ${judge} get --raw does`, () => {
  beforeAll(async () => {
    const identities = await createIdentities();
    const kcfg = kcfgForWires(builtCli());
    try {
      await inParallel(vectors, availableParallelism() + 1, async (vector) => {
        outcomes.set(vector, await runWireCase(identities, kcfg.for(vector), askKcfg, vector));
      });
    } finally {
      kcfg.close();
    }
  }, 280_000);

  describe.each(groups)("%s", (_about, ofGroup) => {
    test.each(ofGroup.map((vector) => [vector.name, vector] as const))("%s", (_name, vector) => {
      const kcfg = outcomes.get(vector);
      if (kcfg === undefined) {
        throw new Error("the vector was not run");
      }
      const verdict = judgeWire(vector, wireOutcomeOf(vector.kubectl, judge), kcfg);
      expect(verdict.differences).toEqual([]);
      expect(verdict.needlesslyListed).toBe("");
    });
  });

  test("every listed divergence applies to some vector", () => {
    const unused = wireDivergences.filter(
      (each) =>
        !vectors.some((vector) => wireDivergenceOf(vector, wireOutcomeOf(vector.kubectl, judge)) === each),
    );
    expect(unused.map(({ reason }) => reason)).toEqual([]);
  });
});
