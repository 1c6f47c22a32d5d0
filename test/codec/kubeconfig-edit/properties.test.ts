import * as fc from "fast-check";
import type { Case } from "./check-edit.ts";
import { faultOf, randomCase } from "./check-edit.ts";
import { Tape } from "./tape.ts";

/** Random documents in random layouts, each with a random edit. */
const cases = fc
  .array(fc.nat(9999), { maxLength: 700, size: "max" })
  .map((choices) => randomCase(new Tape(choices)))
  .filter((sample): sample is Case => sample !== undefined);

describe("for random documents with comments and random edits", () => {
  test("the result is what was wanted, and everything outside of what is edited stays to the byte", () => {
    fc.assert(
      fc.property(cases, (sample) => {
        expect(faultOf(sample)).toBeUndefined();
      }),
      { numRuns: 300, interruptAfterTimeLimit: 60_000 },
    );
  }, 120_000);
});
