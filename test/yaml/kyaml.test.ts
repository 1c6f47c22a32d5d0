import { writeKyaml } from "../../src/yaml/kyaml.ts";
import { fromJson } from "../codec/json-text.ts";

describe("documents are laid out as kubectl -o kyaml does", () => {
  test.each([
    ["null", "---\nnull\n"],
    ["true", "---\ntrue\n"],
    ["0", "---\n0\n"],
    ["-0", "---\n-0\n"],
    ["1.5", "---\n1.5\n"],
    ["1e+21", "---\n1e+21\n"],
    ["1e-7", "---\n1e-7\n"],
    ["123456789.5", "---\n123456789.5\n"],
    ['"a"', '---\n"a"\n'],
    ["[]", "---\n[]\n"],
    ["{}", "---\n{}\n"],
    ["[[]]", "---\n[[]]\n"],
    ["[{}]", "---\n[{}]\n"],
    ["[[],{}]", "---\n[[], {}]\n"],
    ["[1]", "---\n[\n  1,\n]\n"],
    ['[1,"a",null]', '---\n[\n  1,\n  "a",\n  null,\n]\n'],
    ["[[1]]", "---\n[[\n  1,\n]]\n"],
    ['[{"a":1}]', "---\n[{\n  a: 1,\n}]\n"],
    ['[{"a":1},{"b":2}]', "---\n[{\n  a: 1,\n}, {\n  b: 2,\n}]\n"],
    ['[{"a":1},2]', "---\n[\n  {\n    a: 1,\n  },\n  2,\n]\n"],
    ["[[1],[2,[3]]]", "---\n[[\n  1,\n], [\n  2,\n  [\n    3,\n  ],\n]]\n"],
    ["[[],1]", "---\n[\n  [],\n  1,\n]\n"],
    ['{"a":1}', "---\n{\n  a: 1,\n}\n"],
    ['{"a":[]}', "---\n{\n  a: [],\n}\n"],
    ['{"a":{}}', "---\n{\n  a: {},\n}\n"],
    ['{"a":[{}],"b":[[]]}', "---\n{\n  a: [{}],\n  b: [[]],\n}\n"],
    [
      '{"a":{"b":{"c":"x\\ny"}}}',
      '---\n{\n  a: {\n    b: {\n      c: "\\\n         x\\n\\\n         y\\\n        ",\n    },\n  },\n}\n',
    ],
    ['[["x\\ny"]]', '---\n[[\n  "\\\n     x\\n\\\n     y\\\n    ",\n]]\n'],
    [
      '[{"a":"x\\ny\\n"},{"b":["c\\nd","e"]}]',
      '---\n[{\n  a: "\\\n     x\\n\\\n     y\\n\\\n    ",\n}, {\n  b: [\n    "\\\n       c\\n\\\n       d\\\n      ",\n    "e",\n  ],\n}]\n',
    ],
    ['{"a b":{"1":[null]}}', '---\n{\n  "a b": {\n    "1": [\n      null,\n    ],\n  },\n}\n'],
  ])("%s", (json, want) => {
    expect(writeKyaml(fromJson(json))).toBe(want);
  });
});

test("members keep their order", () => {
  const value = new Map([
    ["b", 1],
    ["10", 2],
    ["a", 3],
  ]);
  expect(writeKyaml(value)).toBe('---\n{\n  b: 1,\n  "10": 2,\n  a: 3,\n}\n');
});

describe("numbers keep their JSON spelling", () => {
  test.each([
    [18446744073709551615n, "18446744073709551615"],
    [-9223372036854775808n, "-9223372036854775808"],
    [1e20, "100000000000000000000"],
    [-0, "-0"],
  ])("%d", (value, want) => {
    expect(writeKyaml([value])).toBe(`---\n[\n  ${want},\n]\n`);
  });
});

describe("the JSON text is read as YAML first", () => {
  test("U+0085 is a line break that becomes a space", () => {
    expect(writeKyaml(["a \u0085 b", "\u0085\u0085a", -0])).toBe(
      '---\n[\n  "a b",\n  "\\\n     \\n\\\n     a\\\n    ",\n  -0,\n]\n',
    );
  });

  test.each(["\u007f", "\u0080", "\ufffe", "\uffff"])("%j is refused", (text) => {
    expect(() => writeKyaml([text])).toThrow(
      expect.objectContaining({ reason: "control characters are not allowed" }),
    );
  });

  test("a key of more than 1,022 characters is refused", () => {
    expect(writeKyaml(new Map([["k".repeat(1022), 1]]))).toContain(": 1,");
    expect(() => writeKyaml(new Map([["k".repeat(1023), 1]]))).toThrow("did not find expected ',' or '}'");
  });
});

test("a list that is nested 9,999 deep is written", () => {
  let value: readonly unknown[] = [];
  for (let i = 1; i < 9_999; i++) {
    value = [value];
  }
  expect(writeKyaml(value as [])).toBe(`---\n${"[".repeat(9_999)}${"]".repeat(9_999)}\n`);
});
