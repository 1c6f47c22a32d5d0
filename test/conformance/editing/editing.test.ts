import { availableParallelism } from "node:os";
import { otherReading } from "../../support/other-yaml.ts";
import { describeUnless, testUnless } from "../../support/unless.ts";
import { inParallel } from "../in-parallel.ts";
import { judge } from "../kubectl-version.ts";
import { noOtherUser } from "../process-runner.ts";
import { builtCli } from "../repository.ts";
import { residentRunner } from "../resident-runner.ts";
import type { EditDivergence } from "./divergences.ts";
import { editDivergenceOf, editDivergences } from "./divergences.ts";
import type { EditVector } from "./edit-case.ts";
import type { EditVerdict } from "./judge-edit.ts";
import { judgeEdit } from "./judge-edit.ts";
import { runEditCase } from "./run-edit-case.ts";
import { editOutcomeOf, readEditVectors } from "./vectors.ts";

const vectors = readEditVectors();
const verdicts = new Map<EditVector, EditVerdict>();
/** The content of every kubeconfig that was left. */
const left = new Set<string>();
// Reading is compared elsewhere: kcfg shows what kubectl would show.
const runner = residentRunner(builtCli());
const canRun = (vector: EditVector): boolean => runner.canRun({ ...vector, argv: [] });

const onWindows = process.platform === "win32" ? "recorded on POSIX" : undefined;

describeUnless(onWindows)(`kcfg leaves files that read as those that kubectl ${judge} leaves`, () => {
  beforeAll(async () => {
    try {
      await inParallel(vectors.filter(canRun), availableParallelism(), async (vector) => {
        const outcome = await runEditCase(runner, runner, vector, (text) => left.add(text));
        verdicts.set(vector, await judgeEdit(vector, editOutcomeOf(vector.kubectl, judge), outcome, runner));
      });
    } finally {
      runner.close();
    }
  }, 120_000);

  for (const vector of vectors) {
    testUnless(canRun(vector) ? undefined : noOtherUser)(vector.name, () => {
      expect(verdicts.get(vector)).toMatchObject({ differences: [] });
    });
  }

  test("programs that read YAML 1.2 read the same in the files that are left", () => {
    expect(left.size).toBeGreaterThan(100);
    expect([...left].flatMap((text) => otherReading(text) ?? [])).toEqual([]);
  });

  test("every listed divergence is needed by some step, or by one that cannot run here", () => {
    const used = new Set([
      ...[...verdicts.values()].flatMap(({ divergences }) => divergences),
      ...vectors.filter((vector) => !canRun(vector)).flatMap(divergencesOf),
    ]);
    expect(editDivergences.filter((each) => !used.has(each)).map(({ reason }) => reason)).toEqual([]);
  });
});

/** Returns the divergences that apply to the steps of a sequence as kubectl did them. */
function divergencesOf(vector: EditVector): readonly (EditDivergence | undefined)[] {
  const { steps } = editOutcomeOf(vector.kubectl, judge);
  return vector.steps.map((argv, at) => {
    const outcome = steps[at];
    return outcome && editDivergenceOf(argv, outcome, vector);
  });
}
