import process from "node:process";
import { inspect } from "node:util";
import { randomNumbers } from "../yaml/quick/random-text.ts";
import * as certificates from "./certificates.ts";
import * as httpAnswers from "./http-answers.ts";
import * as keys from "./keys.ts";

interface Target {
  readonly randomCase: (random: () => number) => unknown;
  readonly run: (one: never) => unknown;
}

const TARGETS: Readonly<Record<string, Target>> = { keys, certificates, "http-answers": httpAnswers };

/**
 * `run-target TARGET SEED COUNT`: runs a target on random cases and prints how many. Nothing is caught here but to name the
 * case: an uncaught exception, an unhandled rejection or a signal is what the tests look for.
 */
const [name = "", seed = "1", count = "100"] = process.argv.slice(2);
const target = TARGETS[name];
if (target === undefined) {
  throw new Error(`no target ${name}: there are ${Object.keys(TARGETS).join(", ")}`);
}
const random = randomNumbers(Number(seed));
let refused = 0;
for (let at = 0; at < Number(count); at++) {
  const one = target.randomCase(random);
  try {
    refused += (await target.run(one as never)) === "" ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${inspect(one, { maxStringLength: null, maxArrayLength: null })}\n`);
    throw error;
  }
}
process.stdout.write(`${count} cases of ${name} from seed ${seed}, ${refused} refused\n`);
