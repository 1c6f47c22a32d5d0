import { compareReaders } from "../yaml/quick/compare.ts";
import { randomNumbers, randomText } from "../yaml/quick/random-text.ts";

/**
 * Compares the quick readers with the full one on random texts, for KCFG_FUZZ_SECONDS (default 60) and from KCFG_SEED
 * (default: another one each time).
 */
const seconds = Number(process.env["KCFG_FUZZ_SECONDS"] ?? 60);
const seed = Number(process.env["KCFG_SEED"] ?? Date.now() % 2 ** 32);
const random = randomNumbers(seed);
const end = Date.now() + seconds * 1000;

let count = 0;
let taken = 0;
let failed = 0;
while (Date.now() < end && failed < 10) {
  const text = randomText(random);
  const comparison = compareReaders(text);
  count++;
  taken += comparison.taken ? 1 : 0;
  if (comparison.quick !== comparison.full) {
    failed++;
    console.log(JSON.stringify({ text, ...comparison }));
  }
}
console.log(`${count} texts from KCFG_SEED=${seed}; the quick readers took ${taken}`);
console.log(`${count - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
