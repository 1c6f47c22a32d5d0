import { inParallel } from "../conformance/in-parallel.ts";
import { childFaults } from "./fuzz-child.ts";
import { TARGET_NAMES, targetNamed } from "./targets.ts";

/**
 * Passes random input to kcfg, each target in a child process, and fails on any signal, uncaught exception, unhandled
 * rejection, hang, growth without limit, foreign error or secret in an error.
 *
 *     npm run fuzz                          every target, KCFG_FUZZ_SECONDS each (60 if not given)
 *     npm run fuzz -- keys http-answers     these targets
 *     KCFG_SEED=7                           the same cases as another run with this seed
 *     KCFG_FUZZ_CASES=ci                    as many cases as CI runs (or a number), instead of a time
 *     KCFG_SEED=7 KCFG_FUZZ_FIRST=123 KCFG_FUZZ_CASES=1   case 123 again
 */
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !TARGET_NAMES.includes(name));
if (unknown.length > 0) {
  throw new Error(`no target ${unknown.join(", ")}: there are ${TARGET_NAMES.join(", ")}`);
}
const seconds = Number(process.env["KCFG_FUZZ_SECONDS"] ?? 60);
const seed = Number(process.env["KCFG_SEED"] ?? Date.now() % 2 ** 32);
const asked = process.env["KCFG_FUZZ_CASES"];
const first = Number(process.env["KCFG_FUZZ_FIRST"] ?? 0);

let passed = 0;
let failed = 0;
await inParallel(wanted.length === 0 ? TARGET_NAMES : wanted, 2, async (name) => {
  const { cases } = await targetNamed(name);
  const count = asked === undefined ? Infinity : asked === "ci" ? cases : Number(asked);
  const start = Date.now();
  const replayed = await childFaults(name, ["corpus"]);
  const run =
    replayed.fault === undefined
      ? await childFaults(name, [
          "cases",
          seed,
          first,
          Math.min(count, 1e9),
          asked === undefined ? seconds : 1e6,
        ])
      : replayed;
  const time = `${((Date.now() - start) / 1000).toFixed(0)} s`;
  if (run.fault === undefined) {
    passed++;
    console.log(`${name}: held on ${replayed.cases} inputs of the corpus and ${run.cases} cases (${time})`);
    return;
  }
  failed++;
  console.log(`${name}: NOT HELD at ${run.fault.at}: ${run.fault.what}`);
  if (typeof run.fault.at === "number") {
    console.log(
      `  repeat: KCFG_SEED=${seed} KCFG_FUZZ_FIRST=${run.fault.at} KCFG_FUZZ_CASES=1 npm run fuzz -- ${name}`,
    );
    console.log(`  input (base64): ${run.fault.small}`);
  } else {
    console.log(`  repeat: npm run fuzz -- ${name}, which begins with test/fuzz/corpus/${name}`);
  }
});
console.log(`KCFG_SEED=${seed}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
