import * as fc from "fast-check";
import type { JsonValue } from "../../src/api/json-value.ts";
import { editConfigText } from "../../src/codec/kubeconfig-edit/edit-config-text.ts";
import { encodeConfig } from "../../src/codec/kubeconfig/encode-config.ts";
import { writeKyaml } from "../../src/yaml/kyaml.ts";
import { YamlError } from "../../src/yaml/yaml-error.ts";
import { writeYaml } from "../../src/yaml/write.ts";
import { randomCase } from "../codec/kubeconfig-edit/check-edit.ts";
import { Tape } from "../codec/kubeconfig-edit/tape.ts";
import { otherReading } from "../support/other-yaml.ts";

const tapes = fc.array(fc.nat(9999), { maxLength: 700, size: "max" }).map((choices) => new Tape(choices));

const words = fc.constantFrom(
  ..."yes no on null ~ 0755 0o14 1e3 1_000 .5 1:30 2001-01-01 = << - ? : # & * ! | > ' \" % @ ` {} [] a:b a #b".split(
    " ",
  ),
  "a: b",
  "a #b",
  " a",
  "a ",
  "a\nb",
  "a\n",
  "\na",
  "a\n\n b\n",
  "\t",
  "é😀",
  "---",
  "...",
);
const text = fc.oneof(
  words,
  fc.string({ maxLength: 12 }),
  fc.array(words, { maxLength: 3 }).map((all) => all.join(" ")),
);
/** go-yaml v2 writes this key without quotes, and so must kcfg; it cannot be read again by anybody. */
const key = text.filter((name) => name !== "<<");
const value: fc.Arbitrary<JsonValue> = fc.letrec<{ any: JsonValue }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small" },
    text,
    fc.constantFrom<JsonValue>(null, true, false),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(key, tie("any"), { maxKeys: 4 }).map((object) => new Map(Object.entries(object))),
  ),
})).any;

describe("the package yaml, which reads YAML 1.2, reads what kcfg writes as kcfg does", () => {
  test.each([
    ["YAML", writeYaml],
    ["KYAML", writeKyaml],
  ] as const)("random values as %s", (_kind, write) => {
    fc.assert(
      fc.property(value, (wanted) => {
        let written: string;
        try {
          written = write(wanted);
        } catch (error) {
          // kubectl cannot print it either.
          expect(error).toBeInstanceOf(YamlError);
          return;
        }
        expect(otherReading(written)).toBeUndefined();
      }),
      { numRuns: 1000, seed: 8 },
    );
  });

  test("random configs, written whole and edited in place", () => {
    fc.assert(
      fc.property(tapes, (tape) => {
        const sample = randomCase(tape);
        fc.pre(sample !== undefined && otherReading(sample.text) === undefined);
        expect(otherReading(encodeConfig(sample.after))).toBeUndefined();
        expect(otherReading(editConfigText(sample.text, sample.before, sample.after))).toBeUndefined();
      }),
      { numRuns: 200, seed: 8 },
    );
  }, 120_000);
});
