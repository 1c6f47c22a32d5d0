import { jsonString, writeJson } from "../../src/go/json.ts";
import { fromJson } from "../codec/json-text.ts";

describe("strings are quoted as Go's encoding/json does", () => {
  test.each([
    ["", '""'],
    ["a b", '"a b"'],
    ['"\\/', '"\\"\\\\/"'],
    ["\b\f\n\r\t", '"\\b\\f\\n\\r\\t"'],
    ["\0\u0001\v\u001f", '"\\u0000\\u0001\\u000b\\u001f"'],
    ["\u007f\u0080\u0085\u009f", '"\u007f\u0080\u0085\u009f"'],
    ["<a & b>", '"\\u003ca \\u0026 b\\u003e"'],
    ["\u2027\u2028\u2029\u202a", '"\u2027\\u2028\\u2029\u202a"'],
    ["é\u{1f600}\ufeff\uffff", '"é\u{1f600}\ufeff\uffff"'],
    ["\ufffd", '"\ufffd"'],
    ["\ud800", '"\\ufffd"'],
    ["a\udc00\ud800<", '"a\\ufffd\\ufffd\\u003c"'],
    ["\\ud800", '"\\\\ud800"'],
  ])("%j", (text, want) => {
    expect(jsonString(text)).toBe(want);
    expect(writeJson(new Map([[text, text]]))).toBe(`{${want}:${want}}`);
  });
});

describe("numbers are written whole", () => {
  test.each([
    [18446744073709551615n, "18446744073709551615"],
    [-9223372036854775808n, "-9223372036854775808"],
    [-0, "-0"],
    [1e21, "1e+21"],
    [1e-7, "1e-7"],
  ])("%d", (value, want) => {
    expect(writeJson(value)).toBe(want);
  });

  test("or not at all", () => {
    expect(() => writeJson([Infinity])).toThrow("json: unsupported value: +Inf");
  });
});

describe("values are laid out as Marshal and MarshalIndent do", () => {
  test.each([
    ["null", "null"],
    ["[]", "[]"],
    ["{}", "{}"],
    ['[1,"a",null,true]', '[\n    1,\n    "a",\n    null,\n    true\n]'],
    ['{"a":{},"b":[]}', '{\n    "a": {},\n    "b": []\n}'],
    ["[[],[{}]]", "[\n    [],\n    [\n        {}\n    ]\n]"],
    [
      '{"b":{"c":[1]},"a":2}',
      '{\n    "b": {\n        "c": [\n            1\n        ]\n    },\n    "a": 2\n}',
    ],
  ])("%s", (json, indented) => {
    expect(writeJson(fromJson(json))).toBe(json);
    expect(writeJson(fromJson(json), 4)).toBe(indented);
  });

  test("with two spaces too", () => {
    expect(writeJson(fromJson('{"a":[1]}'), 2)).toBe('{\n  "a": [\n    1\n  ]\n}');
  });

  test("members keep their order, and a key may be called __proto__", () => {
    const value = new Map([
      ["b", 1],
      ["__proto__", 2],
      ["10", 3],
      ["a", 4],
    ]);
    expect(writeJson(value)).toBe('{"b":1,"__proto__":2,"10":3,"a":4}');
  });
});

test("nesting does not overflow the stack", () => {
  let value: readonly unknown[] = [];
  for (let i = 1; i < 100_000; i++) {
    value = [value];
  }
  expect(writeJson(value as [])).toBe(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
});
