import { compareReaders } from "../../yaml/quick/compare.ts";
import { randomText } from "../../yaml/quick/random-text.ts";
import type { FuzzTarget } from "../target.ts";
import { Fault } from "../target.ts";

/** The quick readers must return what the full one returns, or leave the input to it. */
export const target: FuzzTarget = {
  name: "quick-readers",
  cases: 130_000,
  make: (random) => Buffer.from(randomText(random)),
  run: (input) => {
    const { quick, full } = compareReaders(Buffer.from(input).toString());
    if (quick !== full) {
      throw new Fault(`the quick reader gives ${quick}, the full one ${full}`);
    }
  },
};
