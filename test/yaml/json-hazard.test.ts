import { isTextHazard, isYamlHazard } from "../../src/yaml/json-hazard.ts";
import { fromJson } from "../codec/json-text.ts";

describe("a character that YAML does not allow is a hazard wherever it stands", () => {
  test.each(["\u007f", "\u0080", "\u0085", "\u009f", "\ufffe", "\uffff"])("%j", (character) => {
    const text = `a${character}b`;
    expect(isTextHazard(text)).toBe(true);
    expect(isYamlHazard(text)).toBe(true);
    expect(isYamlHazard(fromJson(JSON.stringify([1, { a: [text] }])))).toBe(true);
    expect(isYamlHazard(new Map([[text, 1]]))).toBe(true);
  });

  test.each(["", "\u007e\u00a0", "\0\t\n\u001f", "\u2028", "\ufeff", "\ufffd", "\u{1fffe}", "\ud800"])(
    "%j is none",
    (text) => {
      expect(isTextHazard(text)).toBe(false);
      expect(isYamlHazard([text, new Map([[text, text]])])).toBe(false);
    },
  );
});

describe("a key that may be too long is a hazard", () => {
  test.each([
    ["900 letters are none", "k".repeat(900), false],
    ["1,023 letters are one", "k".repeat(1023), true],
    ["150 escaped characters are none", "<".repeat(150), false],
    ["171 escaped characters are one", "<".repeat(171), true],
  ])("%s", (_name, key, want) => {
    expect(isYamlHazard(new Map([[key, 1]]))).toBe(want);
    expect(isYamlHazard([key])).toBe(false);
  });
});

function nested(depth: number): [] {
  let value: readonly unknown[] = [];
  for (let i = 1; i < depth; i++) {
    value = [value];
  }
  return value as [];
}

test("deep nesting is a hazard", () => {
  expect(isYamlHazard(nested(9_000))).toBe(false);
  expect(isYamlHazard(nested(10_001))).toBe(true);
});
