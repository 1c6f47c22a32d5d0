import { emitYaml } from "../../src/yaml/emit.ts";
import { fromJson } from "../codec/json-text.ts";

describe("documents are laid out as go-yaml v2 does", () => {
  test.each([
    ["null", "null\n"],
    ["true", "true\n"],
    ["false", "false\n"],
    ["0", "0\n"],
    ["-5", "-5\n"],
    ['"a"', "a\n"],
    ["[]", "[]\n"],
    ["{}", "{}\n"],
    ["[[]]", "- []\n"],
    ["[{}]", "- {}\n"],
    ["[[],{}]", "- []\n- {}\n"],
    ['["a",["b","c"],[["d"]]]', "- a\n- - b\n  - c\n- - - d\n"],
    ['[{"a":1,"b":2},{"c":[1]}]', "- a: 1\n  b: 2\n- c:\n  - 1\n"],
    ['{"a":{"b":{"c":1}}}', "a:\n  b:\n    c: 1\n"],
    ['{"a":[1,2],"b":[[1],{"c":1}]}', "a:\n- 1\n- 2\nb:\n- - 1\n- c: 1\n"],
    ['{"a":[]}', "a: []\n"],
    ['{"a":{}}', "a: {}\n"],
    ['{"a":null,"b":"","c":"null"}', 'a: null\nb: ""\nc: "null"\n'],
    ['{"a":"x\\ny\\n","b":1}', "a: |\n  x\n  y\nb: 1\n"],
    ['{"a":"x\\ny","b":1}', "a: |-\n  x\n  y\nb: 1\n"],
    ['["x\\n","y"]', '- |\n  x\n- "y"\n'],
    ['[["x\\n","y"],"z"]', '- - |\n    x\n  - "y"\n- z\n'],
    ['{"a":["x\\n"]}', "a:\n- |\n  x\n"],
    ['{"":1}', '"": 1\n'],
    ['{" a":1}', "' a': 1\n"],
    ['{"a: b":1}', "'a: b': 1\n"],
    ['{"#":1}', "'#': 1\n"],
    ['{"yes":"no"}', '"yes": "no"\n'],
    ['{"1":"1"}', '"1": "1"\n'],
    ['{"é":1}', "é: 1\n"],
    ['{"a\\nb":1}', "? |-\n  a\n  b\n: 1\n"],
    ['{"a\\nb":[1,2]}', "? |-\n  a\n  b\n: - 1\n  - 2\n"],
    ['{"a\\nb":{"c":1,"d":[2]}}', "? |-\n  a\n  b\n: c: 1\n  d:\n  - 2\n"],
    ['{"a\\n":"b\\n"}', "? |\n  a\n: |\n  b\n"],
    ['{"a\u2028b":"c"}', "? 'a\u2028  b'\n: c\n"],
    ['{"\\t":"\\t"}', '"\\t": "\\t"\n'],
    ['[{"a\\nb":1}]', "- ? |-\n    a\n    b\n  : 1\n"],
    ['{"<<":"<<","=":"="}', "<<: <<\n=: =\n"],
    [
      '{"a":"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua."}',
      "a: Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor\n  incididunt ut labore et dolore magna aliqua.\n",
    ],
    [
      '{"a":["Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua."]}',
      "a:\n- Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt\n  ut labore et dolore magna aliqua.\n",
    ],
    [
      '{"a":{"b":{"c":[{"d":"Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua."}]}}}',
      "a:\n  b:\n    c:\n    - d: Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor\n        incididunt ut labore et dolore magna aliqua.\n",
    ],
    [
      '{"a":{"b":{"c":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx b c"}}}',
      "a:\n  b:\n    c: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx b c\n",
    ],
    [
      '{"a":{"b":{"c":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx b c"}}}',
      "a:\n  b:\n    c: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx b\n      c\n",
    ],
    [
      '{"a":{"b":{"c":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx b c"}}}',
      "a:\n  b:\n    c: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx b\n      c\n",
    ],
    ['{"? a":1}', "'? a': 1\n"],
    ['{"-":[]}', "'-': []\n"],
    ['[["- a"],"-"]', "- - '- a'\n- '-'\n"],
    ['{"a":"\u2028","b":1}', "a: '\u2028'\nb: 1\n"],
    ['{"a":"x\\n\u2028","b":1}', "a: |+\n  x\n\u2028b: 1\n"],
    ['[[[["deep"]]]]', "- - - - deep\n"],
    ["[null,[null]]", "- null\n- - null\n"],
    [
      '{"1":8,"9":10,"10":9,"b":1,"a":2,"a-1":3,"a1":4,"a10":5,"a2":6,"A":7}',
      '"1": 8\n"9": 10\n"10": 9\nA: 7\na: 2\na-1: 3\na1: 4\na2: 6\na10: 5\nb: 1\n',
    ],
    ['{"\'":"\'","\\"":"\\"","\\\\":"\\\\"}', "'\"': '\"'\n'''': ''''\n\\: \\\n"],
  ])("%s", (json, want) => {
    expect(emitYaml(fromJson(json))).toBe(want);
  });
});

describe("a key of more than 128 bytes does not stand before its colon", () => {
  test.each([
    ["128 letters", "k".repeat(128), `${"k".repeat(128)}: 1\n`],
    ["129 letters", "k".repeat(129), `? ${"k".repeat(129)}\n: 1\n`],
    ["64 letters of two bytes", "é".repeat(64), `${"é".repeat(64)}: 1\n`],
    ["65 letters of two bytes", "é".repeat(65), `? ${"é".repeat(65)}\n: 1\n`],
    ["43 letters of three bytes", "日".repeat(43), `? ${"日".repeat(43)}\n: 1\n`],
    ["128 letters to be quoted", `#${"k".repeat(127)}`, `'#${"k".repeat(127)}': 1\n`],
    ["words, which are folded", `${"k".repeat(127)} k k`, `? ${"k".repeat(127)}\n  k k\n: 1\n`],
  ])("%s", (_name, key, want) => {
    expect(emitYaml(new Map([[key, 1]]))).toBe(want);
  });
});

describe("nesting does not overflow the stack", () => {
  test("20,000 lists", () => {
    let value: readonly unknown[] = [];
    for (let i = 1; i < 20_000; i++) {
      value = [value];
    }
    expect(emitYaml(value as [])).toBe(`${"- ".repeat(19_999)}[]\n`);
  });

  test("2,000 objects", () => {
    let value: ReadonlyMap<string, unknown> = new Map();
    for (let i = 1; i < 2_000; i++) {
      value = new Map([["a", value]]);
    }
    const lines = emitYaml(value as ReadonlyMap<string, never>).split("\n");
    expect(lines).toHaveLength(2_000);
    expect(lines[1_998]).toBe(`${"  ".repeat(1_998)}a: {}`);
  });
});
