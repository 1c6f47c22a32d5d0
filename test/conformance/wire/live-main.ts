import { builtCli } from "../repository.ts";
import { kcfgForWires } from "./kcfg-runner.ts";
import { compareWires } from "./live.ts";

/** The part of `npm run test:kubectl` about requests; `KCFG_SEED` and `KCFG_CASES` as there. */
process.umask(0o022);
const kcfg = kcfgForWires(builtCli());
try {
  const { passed, failed } = await compareWires(kcfg, {
    seed: Number(process.env["KCFG_SEED"] ?? Date.now() % 1_000_000_000),
    count: Number(process.env["KCFG_CASES"] ?? 200),
  });
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  kcfg.close();
}
