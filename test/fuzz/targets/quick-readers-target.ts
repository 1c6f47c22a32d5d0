import { compareReaders } from "../../yaml/quick/compare.ts";
import { randomText } from "../../yaml/quick/random-text.ts";
import type { FuzzTarget } from "../target.ts";
import { Fault } from "../target.ts";

/** The quick readers must give what the full one gives, or leave the text to it. */
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
