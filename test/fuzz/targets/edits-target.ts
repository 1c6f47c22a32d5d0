import { ConfigParseError } from "../../../src/errors.ts";
import type { Case } from "../../codec/kubeconfig-edit/check-edit.ts";
import { faultOf, randomCase } from "../../codec/kubeconfig-edit/check-edit.ts";
import { Tape } from "../../codec/kubeconfig-edit/tape.ts";
import { below } from "../random-bytes.ts";
import type { FuzzTarget } from "../target.ts";
import { expected, Fault } from "../target.ts";

/**
 * An edit of a random document in a random layout: it reads back as wanted, and everything outside of the edit stays
 * byte for byte. A case is a list of choices, two bytes each.
 */
export const target: FuzzTarget = {
  name: "edits",
  cases: 5_500,
  make: (random, corpus) => {
    const length = 2 * (20 + below(random, 700));
    const bytes = Uint8Array.from({ length }, () => below(random, 256));
    const old = corpus[below(random, corpus.length)];
    if (old !== undefined && random() < 0.2) {
      bytes.set(old.subarray(0, Math.min(old.length, length)));
    }
    return bytes;
  },
  run: (input) => {
    const choices = Array.from(
      { length: input.length >> 1 },
      (_, index) => ((input[2 * index] ?? 0) * 256 + (input[2 * index + 1] ?? 0)) % 10_000,
    );
    let sample: Case | undefined;
    try {
      sample = randomCase(new Tape(choices));
    } catch (error) {
      expected(error, [ConfigParseError]);
      return;
    }
    const fault = sample && faultOf(sample);
    if (fault !== undefined) {
      throw new Fault(fault);
    }
  },
};
