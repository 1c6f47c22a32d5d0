import {
  isGoDigit,
  isGoLetter,
  isGoLettersAndNumbers,
  isGoPrintable,
  toValidText,
} from "../../src/go/unicode.ts";

describe("characters are classified as in Go, whose tables are those of Unicode 15.0", () => {
  test.each([
    ["a", true, false, true],
    ["Z", true, false, true],
    ["@", false, false, true],
    ["[", false, false, true],
    ["5", false, true, true],
    ["é", true, false, true],
    ["日", true, false, true],
    ["\u0663", false, true, true],
    ["\u{1d7ce}", false, true, true],
    ["\u00b2", false, false, true],
    ["\u2167", false, false, true],
    ["\u0301", false, false, true],
    ["\u{1f600}", false, false, true],
    [" ", false, false, true],
    ["\u00a0", false, false, false],
    ["\u3000", false, false, false],
    ["\u00ad", false, false, false],
    ["\u200b", false, false, false],
    ["\ue000", false, false, false],
    ["\n", false, false, false],
    ["\u007f", false, false, false],
    ["\u088f", false, false, false],
    ["\u1c89", false, false, false],
    ["\u{10d40}", false, false, false],
    ["\u{16ea0}", false, false, false],
    ["\u{323b0}", false, false, false],
  ])("%j: letter %p, digit %p, printable %p", (character, letter, digit, printable) => {
    const point = character.codePointAt(0) ?? 0;
    expect(isGoLetter(point)).toBe(letter);
    expect(isGoDigit(point)).toBe(digit);
    expect(isGoPrintable(point)).toBe(printable);
    expect(isGoPrintable(point)).toBe(printable);
  });

  test.each([
    ["", true],
    ["aé日5\u0663\u00b2\u2167", true],
    ["a-b", false],
    ["e\u0301", false],
    ["\u1c89", false],
  ])("%j: nothing but letters and numbers %p", (text, want) => {
    expect(isGoLettersAndNumbers(text)).toBe(want);
  });
});

test("lone surrogates are no text", () => {
  expect(toValidText("a\ud800b\u{1f600}\udc00")).toBe("a\ufffdb\u{1f600}\ufffd");
  expect(toValidText("a\u{1f600}")).toBe("a\u{1f600}");
});
