import { availableParallelism } from "node:os";
import { inParallel } from "../in-parallel.ts";
import { kubectlPath } from "../kubectl.ts";
import { kubectlVersions } from "../kubectl-version.ts";
import { kubectlRunner, noOtherUser } from "../process-runner.ts";
import { builtCli } from "../repository.ts";
import { residentRunner } from "../resident-runner.ts";
import { judgeEdit } from "./judge-edit.ts";
import { runEditCase } from "./run-edit-case.ts";
import { editOutcomeOf, readEditVectors } from "./vectors.ts";

/** The part of `npm run test:kubectl` about edits: every kubectl itself reads what kcfg leaves. */
process.umask(0o022);
const kcfg = residentRunner(builtCli());
let [passed, failed, skipped] = [0, 0, 0];
try {
  for (const version of kubectlVersions) {
    const kubectl = kubectlRunner(await kubectlPath(version));
    await inParallel(readEditVectors(), availableParallelism(), async (vector) => {
      if (!kcfg.canRun({ ...vector, argv: [] })) {
        skipped += 1;
        return;
      }
      const outcome = await runEditCase(kcfg, kubectl, vector);
      const { differences } = await judgeEdit(
        vector,
        editOutcomeOf(vector.kubectl, version),
        outcome,
        kubectl,
      );
      if (differences.length === 0) {
        passed += 1;
      } else {
        failed += 1;
        console.log(`kubectl ${version}: ${vector.name}\n${differences.join("\n")}\n`);
      }
    });
  }
} finally {
  kcfg.close();
}
console.log(
  `${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped: ${noOtherUser}`}`,
);
process.exitCode = failed === 0 ? 0 : 1;
