import { isJsonText, readJsonText } from "../../../src/codec/json/json-text.ts";
import { WireObject } from "../../../src/codec/json/wire-value.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const nested = (depth: number): Uint8Array => bytes("[".repeat(depth) + "]".repeat(depth));

describe("a document is JSON if it begins with a brace", () => {
  test.each([
    ["{}", true],
    [" \n\t{", true],
    ["\u00a0\u0085{", true],
    ["\ufeff{}", false],
    ["# c\n{}", false],
    ["[]", false],
    ["", false],
  ])("%j: %j", (text, want) => {
    expect(isJsonText(bytes(text))).toBe(want);
  });
});

describe("JSON is read as Go's encoding/json does", () => {
  test.each<[text: string, want: unknown]>([
    ["{}", new WireObject([])],
    [
      '{"a":1,"a":[true,null]}',
      new WireObject([
        ["a", 1],
        ["a", [true, null]],
      ]),
    ],
    [
      ' { "a" : { } , "b" : [ ] } ',
      new WireObject([
        ["a", new WireObject([])],
        ["b", []],
      ]),
    ],
    ['"\\u00e9\\ud83d\\ude00"', "\u00e9\u{1f600}"],
    ['"\\ud800x\\udc00"', "\ufffdx\ufffd"],
    ["-0.5e+2", -50],
    ["false", false],
  ])("%j", (text, want) => {
    expect(readJsonText(bytes(text))).toEqual(want);
  });

  test("each byte that is no UTF-8 is a replacement character", () => {
    expect(readJsonText(Uint8Array.of(0x22, 0xff, 0xfe, 0x22))).toBe("\ufffd\ufffd");
  });

  test.each([
    "",
    "{",
    "[",
    "[1,]",
    '{"a":1,}',
    "{a: 1}",
    "{'a':1}",
    '{"a" 1}',
    "01",
    "1.",
    ".5",
    "+1",
    "nul",
    '"\t"',
    '"\\x"',
    '"a',
    "1 2",
    "{} x",
    "{}}",
    "\u00a0{}",
    "// c\n{}",
  ])("%j is refused", (text) => {
    expect(() => readJsonText(bytes(text))).toThrow("invalid JSON at character");
  });

  test("lists may nest 10,000 deep, and no deeper", () => {
    expect(() => readJsonText(nested(10_000))).not.toThrow();
    expect(() => readJsonText(nested(10_001))).toThrow("exceeded max depth");
  });
});
