import * as fc from "fast-check";

import {
  JsonPathError,
  type JsonPathOptions,
  parseJsonPath,
} from "../../../src/printers/jsonpath/jsonpath.ts";
import type { JsonValue } from "../../../src/api/json-value.ts";
import { readJson } from "./json-text.ts";

function run(template: string, value: JsonValue, options?: JsonPathOptions): string {
  return parseJsonPath(template, options).execute(value);
}

const unordered = new Map<string, JsonValue>([
  ["z", 1],
  ["\u{1F600}", 2],
  ["\ufb01", 3],
  [
    "a",
    new Map<string, JsonValue>([
      ["y", 4],
      ["b", 5],
    ]),
  ],
]);

describe("where kubectl takes the keys of an object at random, the product takes them in Go's order", () => {
  test.each([
    ["{.*}", '{"b":5,"y":4} 1 3 2'],
    ["{.a.*}", "5 4"],
    ["{..}", '{"a":{"b":5,"y":4},"z":1,"ﬁ":3,"😀":2} {"b":5,"y":4}'],
    ["{...*}", '{"b":5,"y":4} 1 3 2 5 4'],
    ["{range .*}<{@}>{end}", '<{"b":5,"y":4}><1><3><2>'],
    ["{@}", '{"a":{"b":5,"y":4},"z":1,"ﬁ":3,"😀":2}'],
  ])("%s prints %s", (template, want) => {
    expect(run(template, unordered)).toBe(want);
  });

  test("a failing template fails on the first value in that order", () => {
    expect(() => run("{.*[0]}", unordered)).toThrow("map[string]interface {} is not array or slice");
  });
});

describe("where kubectl panics, the product says what is wrong", () => {
  const value = readJson('{"nulls":[null]}');
  test.each([
    ["{range .nulls[*]}{[0]}{end}", {}, "<no value> is not array or slice"],
    ["{range .nope[*]}{[0]}{end}", { allowMissingKeys: true }, "<no value> is not array or slice"],
    ["{range .nulls[*]}{range @}{end}{end}", {}, "a range over null has no value to range over"],
    ["{range .nulls[*]}{@}{end}", { jsonOutput: true }, "a range over null has no value to print"],
  ])("%s fails", (template, options, message) => {
    expect(() => run(template, value, options)).toThrow(new JsonPathError(message));
  });
});

describe("where kubectl prints a value in an error, the product names its type", () => {
  test.each([
    ["{.users[0].user.token[?(@)]}", "string is not array or slice and cannot be filtered"],
    ["{[?(@.token)]}", "map[string]interface {} is not array or slice and cannot be filtered"],
    ["{.users[0].user[?(@)]}", "map[string]interface {} is not array or slice and cannot be filtered"],
    ["{.n[?(@)]}", "float64 is not array or slice and cannot be filtered"],
    ["{.users[0].user.token.*[?(@)]}", "uint8 is not array or slice and cannot be filtered"],
    ["{.nothing[?(@)]}", "<nil> is not array or slice and cannot be filtered"],
    ["{range .nothing}{[?(@)]}{end}", "<invalid reflect.Value> is not array or slice and cannot be filtered"],
  ])("%s fails without telling a token", (template, message) => {
    const value = readJson('{"users":[{"user":{"token":"s3cret"}}],"n":1,"nothing":null}');
    expect(() => run(template, value)).toThrow(new JsonPathError(message));
  });
});

describe("numbers of a document are float64s, as after Go's json.Unmarshal", () => {
  test.each([
    [9_007_199_254_740_993n, "9.007199254740992e+15", "9007199254740992"],
    [18_446_744_073_709_551_615n, "1.8446744073709552e+19", "18446744073709552000"],
    [-9_223_372_036_854_775_808n, "-9.223372036854776e+18", "-9223372036854776000"],
    [-0, "-0", "-0"],
    [1e6, "1e+06", "1000000"],
  ])("%p prints %s, and %s inside JSON", (number, text, json) => {
    const value = new Map<string, JsonValue>([["n", [number]]]);
    expect(run("{.n[0]}", value)).toBe(text);
    expect(run("{.n}", value)).toBe(`[${json}]`);
  });
});

describe("a template may write bytes", () => {
  const empty: JsonValue = new Map();
  test.each([
    [String.raw`{"\xc3"}{"\xa9"}`, "é"],
    [String.raw`{"\360\237"}{'\x98\x80'}`, "\u{1F600}"],
    [String.raw`{"\xc3\xa9"}`, "é"],
    [String.raw`{"\xed\xa0\x80"}`, "\udced\udca0\udc80"],
    [String.raw`{"a\xffb"}`, "a\udcffb"],
  ])("%s prints %p, a lone byte as a lone surrogate", (template, want) => {
    expect(run(template, empty)).toBe(want);
  });

  test.each([
    ["text outside braces", "x\udcff{.a}", "x\udcff1"],
    ["a string without escapes", "{'\udcff'}", "\udcff"],
    ["a string with escapes, as U+FFFD", String.raw`{'\t${"\udcff"}'}`, "\t\ufffd"],
  ])("a byte in a template file that is not UTF-8 is kept in %s", (_place, template, want) => {
    expect(run(template, new Map([["a", 1]]))).toBe(want);
  });

  test("a byte that is not UTF-8 starts no action", () => {
    expect(() => parseJsonPath("{\udcff}")).toThrow("unrecognized character in action: U+FFFD '\ufffd'");
  });

  test("a byte that is not UTF-8 sorts by its value", () => {
    const value = readJson('{"s":["z","é","ﬁ","😀"]}');
    expect(run(String.raw`{.s[?(@<"\xf0")]}`, value)).toBe("z é ﬁ");
    expect(run(String.raw`{.s[?(@>"\xc3")]}`, value)).toBe("é ﬁ 😀");
    expect(run(String.raw`{.s[?(@=="\xc3\xa9")]}`, value)).toBe("é");
  });
});

test("a template can be run again, on another value", () => {
  const template = parseJsonPath("{range .a[*]}<{@}>{end}");
  expect(template.execute(readJson('{"a":[1,2]}'))).toBe("<1><2>");
  expect(template.execute(readJson('{"a":["x"]}'))).toBe("<x>");
});

test("the value is not modified", () => {
  const value = new Map<string, JsonValue>([
    ["b", 2n ** 60n],
    ["a", 1],
  ]);
  run("{@}", value);
  expect([...value]).toEqual([
    ["b", 2n ** 60n],
    ["a", 1],
  ]);
});

test("missing keys are errors unless they are allowed", () => {
  expect(() => run("{.a}", new Map())).toThrow("a is not found");
  expect(run("{.a}", new Map(), { allowMissingKeys: true })).toBe("");
});

describe("no template and no value takes the product down", () => {
  const many = 100_000;
  test.each([
    ["open braces", "{".repeat(many), "unrecognized character in action: U+007B '{'"],
    ["open brackets", `{${"[".repeat(many)}`, "unterminated array"],
    ["open filters", `{${"[?(".repeat(many)}`, "unterminated filter"],
    ["digits", `{[${"9".repeat(many)}]}`, `array index ${"9".repeat(many)} is not a number`],
    ["dots", `{${".".repeat(many)}}`, "invalid multiple recursive descent"],
    ["ends", "{end}".repeat(many), "not in range, nothing to end"],
  ])("100,000 %s are refused", (_name, template, message) => {
    expect(() => run(template, new Map())).toThrow(new JsonPathError(message));
  });

  test("filters inside the quotes of filters are refused", () => {
    const template = `{${`[?(@.a'[?(@.b"`.repeat(1000)}${`".c)]'.d)]`.repeat(1000)}}`;
    expect(() => parseJsonPath(template)).toThrow(JsonPathError);
  });

  test("50,000 ranges inside one another are run", () => {
    const template = `${"{range .a}".repeat(many / 2)}${"{end}".repeat(many / 2)}x`;
    expect(run(template, new Map(), { allowMissingKeys: true })).toBe("x");
  });

  test("a path of 100,000 steps is followed", () => {
    const template = `{${".a".repeat(many)}}`;
    expect(run(template, new Map(), { allowMissingKeys: true })).toBe("");
  });

  test("a value that is nested 100,000 deep is searched and printed", () => {
    let value: JsonValue = new Map([["leaf", "bottom"]]);
    for (let depth = 0; depth < many; depth++) {
      value = depth % 2 === 0 ? [value] : new Map([["a", value]]);
    }
    expect(run("{..leaf}", value, { allowMissingKeys: true })).toBe("bottom");
    expect(run("{@}", value)).toContain('{"leaf":"bottom"}');
  });

  test("results that multiply without end are refused", () => {
    const value = Array.from({ length: 2 ** 16 }, () => 1);
    const template = `{[${Array.from({ length: 2 ** 8 + 1 }, () => "*").join(",")}]}`;
    expect(() => run(template, value)).toThrow(
      new JsonPathError("the template finds more than 16777216 values"),
    );
  });

  test("whatever comes in, a text or a JsonPathError comes out", () => {
    const tokens = [
      "{",
      "}",
      "[",
      "]",
      "[?(",
      ")]",
      "'",
      '"',
      "\\",
      ".",
      "..",
      ",",
      ":",
      "*",
      "@",
      " ",
      "==",
      "<",
      "-",
      "0",
      "1.5",
    ];
    const words = [
      "a",
      "b",
      "range ",
      "end",
      "true",
      "{range .a[*]}",
      "{end}",
      "{.a}",
      "{..b}",
      "[*]",
      "\n",
      "é",
      "😀",
    ];
    const template = fc
      .array(fc.constantFrom(...tokens, ...words), { maxLength: 12 })
      .map((parts) => parts.join(""));
    const value = fc
      .dictionary(fc.constantFrom("a", "b", "__proto__"), fc.jsonValue({ maxDepth: 3 }))
      .map((object) => readJson(JSON.stringify(object)));
    fc.assert(
      fc.property(
        template,
        value,
        fc.boolean(),
        fc.boolean(),
        (text, document, allowMissingKeys, jsonOutput) => {
          try {
            expect(typeof run(text, document, { allowMissingKeys, jsonOutput })).toBe("string");
          } catch (error) {
            expect(error).toBeInstanceOf(JsonPathError);
          }
        },
      ),
      { numRuns: 2000 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
