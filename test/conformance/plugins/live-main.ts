import { builtCli } from "../repository.ts";
import { residentRunner } from "../resident-runner.ts";
import { compareGuards, comparePlugins } from "./live.ts";

/** The part of `npm run test:kubectl` about credential plugins; `KCFG_SEED` and `KCFG_CASES` as there. */
process.umask(0o022);
const kcfg = residentRunner(builtCli());
try {
  const { passed, failed } = await comparePlugins(kcfg, {
    seed: Number(process.env["KCFG_SEED"] ?? Date.now() % 1_000_000_000),
    count: Number(process.env["KCFG_CASES"] ?? 200),
  });
  console.log(`${passed} passed, ${failed} failed`);
  const guards = await compareGuards();
  console.log(`kcfg as the plugin: ${guards.passed} passed, ${guards.failed} failed`);
  process.exitCode = failed + guards.failed === 0 ? 0 : 1;
} finally {
  kcfg.close();
}
