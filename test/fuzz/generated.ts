import { randomNumbers } from "../yaml/quick/random-text.ts";
import type { FuzzTarget } from "./target.ts";

/** Makes structured cases, and runs them. An error is a fault. */
export interface Generator<Case> {
  readonly randomCase: (random: () => number) => Case;
  readonly run: (one: Case) => unknown;
}

/** The prefix of an input for a generated case; its seed follows. */
const MARK = "generated case ";

/** Returns a target with a generator in addition to its bytes: every other case is a generated one. */
export function withGenerated<Case>(target: FuzzTarget, generator: Generator<Case>): FuzzTarget {
  return {
    ...target,
    make: (random, corpus) =>
      random() < 0.5 ? Buffer.from(`${MARK}${Math.floor(random() * 2 ** 32)}`) : target.make(random, corpus),
    run: async (input) => {
      const text = Buffer.from(input.subarray(0, 40)).toString("latin1");
      if (!text.startsWith(MARK)) {
        await target.run(input);
        return;
      }
      const random = randomNumbers(Number(text.slice(MARK.length)));
      // The first numbers of near seeds are near each other.
      random();
      random();
      await generator.run(generator.randomCase(random));
    },
  };
}
