import type { JsonValue } from "../../../src/api/json-value.ts";
import { decodeInput } from "../../../src/yaml/input.ts";
import { parseDocument } from "../../../src/yaml/parser.ts";
import { readYaml } from "../../../src/yaml/read.ts";
import { applyChange, REMOVE } from "../../../src/yaml/edit/change.ts";
import type { Change, Removal } from "../../../src/yaml/edit/change.ts";
import { editYaml } from "../../../src/yaml/edit/edit-yaml.ts";

function fields(changes: Readonly<Record<string, Change | Removal>>): Change {
  return { kind: "fields", fields: new Map(Object.entries(changes)) };
}

function put(value: JsonValue): Change {
  return { kind: "put", value };
}

function items(
  changes: Readonly<Record<number, Change | Removal>>,
  inserts: Readonly<Record<number, readonly JsonValue[]>> = {},
): Change {
  return { kind: "items", items: byIndex(changes), inserts: byIndex(inserts) };
}

function byIndex<T>(record: Readonly<Record<number, T>>): ReadonlyMap<number, T> {
  return new Map(Object.entries(record).map(([i, value]) => [Number(i), value]));
}

function edit(text: string, change: Change, depth?: number): string | undefined {
  const tree = parseDocument(decodeInput(text));
  return tree && editYaml(tree, change, { depth })?.text;
}

describe("a change is made in place", () => {
  test.each<readonly [string, string, Change, string]>([
    ["the first item goes", "- a # 1\n- b # 2\n", items({ 0: REMOVE }), "- b # 2\n"],
    [
      "items come before others",
      "# c\n- b\n- d\n",
      items({}, { 0: ["a"], 1: ["c"] }),
      "- a\n# c\n- b\n- c\n- d\n",
    ],
    [
      "items come first on the line of a dash",
      "- - b\n  - c\n",
      items({ 0: items({}, { 0: ["a"] }) }),
      "- - a\n  - b\n  - c\n",
    ],
    [
      "the first field on the line of a dash goes",
      "- a: 1\n  b: 2 # two\n",
      items({ 0: fields({ a: REMOVE }) }),
      "- b: 2 # two\n",
    ],
    [
      "comments stay where the first field on the line of a dash goes",
      "- a: 1 # one\n  # about b\n  b: 2\n",
      items({ 0: fields({ a: REMOVE }) }),
      "-\n  # about b\n  b: 2\n",
    ],
    [
      "all fields on the line of a dash go",
      "- a: 1\n  b: 2\n",
      items({ 0: fields({ a: REMOVE, b: REMOVE }) }),
      "- {}\n",
    ],
    [
      "all fields of a block go",
      "k: # c\n  # about a\n  a: 1\n\n  # apart\n\nl: 1\n",
      fields({ k: fields({ a: REMOVE }) }),
      "k: {} # c\n\n  # apart\n\nl: 1\n",
    ],
    ["repeated fields go all", "k: 1\nk: 2\nl: 3\n", fields({ k: REMOVE }), "l: 3\n"],
    [
      "a value gets lines after a comment",
      "k: # c\nl: 1\n",
      fields({ k: put(["a"]) }),
      "k: # c\n- a\nl: 1\n",
    ],
    [
      "lines become one",
      "k: # c\n  - a # x\n  # y\n  - b\nl: 1\n",
      fields({ k: put("v") }),
      "k: v # c\nl: 1\n",
    ],
    [
      "fields of fields and items of lists change at once",
      "a:\n  b: 1\n  c:\n  - d: 2\n",
      fields({
        a: fields({ b: REMOVE, c: items({ 0: fields({ e: put(3) }) }, { 1: ["f"] }), g: put(4) }),
        h: put(5),
      }),
      "a:\n  c:\n  - d: 2\n    e: 3\n  - f\n  g: 4\nh: 5\n",
    ],
    [
      "a long text is folded as go-yaml does",
      "a: 1\n",
      fields({ b: put(`${"word ".repeat(20)}end`) }),
      `a: 1\nb: ${"word ".repeat(15)}word\n  ${"word ".repeat(4)}end\n`,
    ],
    [
      "a text of several lines is a block",
      "a: 1\nz: 2\n",
      fields({ b: put("x\ny\n") }),
      "a: 1\nb: |\n  x\n  y\nz: 2\n",
    ],
    [
      "a text of several lines is no block where a comment follows",
      "a: 1 # c\n",
      fields({ a: put("x\ny\n") }),
      `a: "x\\ny\\n" # c\n`,
    ],
    [
      "a tab before a comment becomes a space where a key could start",
      "? a\n: [] \t# c\nb: [] \t# d\n",
      fields({ a: put(["x"]), b: put(["x"]) }),
      "? a\n: # c\n- x\nb: \t# d\n- x\n",
    ],
    ["a key that needs quotes has them", "a: 1\n", fields({ "y: z": put(null) }), "a: 1\n'y: z': null\n"],
    [
      "single values in brackets change",
      "[a, 'b', {c: d}]\n",
      items({ 0: put("x y"), 1: put("z"), 2: fields({ c: put(true) }) }),
      `["x y", 'z', {c: true}]\n`,
    ],
    [
      "entries in brackets on lines of their own go and come",
      "[\n  a, # 1\n  b, # 2\n  c # 3\n]\n",
      items({ 1: REMOVE, 2: REMOVE }, { 3: ["d"] }),
      "[\n  a, # 1\n  d\n]\n",
    ],
    ["a comma at the end stays", "[a, b,]\n", items({}, { 2: ["c"] }), "[a, b, c]\n"],
    [
      "a pair without braces gets them",
      "[a: 1, b]\n",
      items({ 0: fields({ c: put(2) }) }),
      "[{a: 1, c: 2}, b]\n",
    ],
    [
      "a field merged in twice is overridden once",
      "x: &x {a: 1}\ny: &y {a: 2}\nz:\n  <<: [*x, *y]\n",
      fields({ z: fields({ a: put(3) }) }),
      "x: &x {a: 1}\ny: &y {a: 2}\nz:\n  <<: [*x, *y]\n  a: 3\n",
    ],
    [
      "an alias as a key keeps its text",
      "a: &k key\nb: {*k : 1}\n",
      fields({ a: put("new") }),
      "a: new\nb: {key : 1}\n",
    ],
    [
      "aliases inside of what goes do not matter",
      "a: &k key\nb:\n- *k\n- *k\n",
      fields({ a: put("new"), b: items({ 0: REMOVE }) }),
      "a: new\nb:\n- key\n",
    ],
  ])("%s", (_name, text, change, wanted) => {
    const before = readYaml(text).value;
    const result = edit(text, change) ?? "";
    expect(result).toBe(wanted);
    expect(readYaml(result).value).toEqual(applyChange(before, change));
  });
});

describe("what is deeper than the given depth is written anew, and its comments stay", () => {
  const text = "# head\na:\n  - b: 1   # one\n    # about c\n    c: 2\nd: 3   # three\n";
  const change = fields({ a: items({ 0: fields({ b: put(9) }) }) });
  test.each<readonly [number, string]>([
    [3, "# head\na:\n  - b: 9   # one\n    # about c\n    c: 2\nd: 3   # three\n"],
    [2, "# head\na:\n  -\n    # about c\n    b: 9\n    c: 2\nd: 3   # three\n"],
    [1, "# head\na:\n  # about c\n  - b: 9\n    c: 2\nd: 3   # three\n"],
    [0, "# head\n# about c\na:\n  - b: 9\n    c: 2\nd: 3   # three\n"],
  ])("depth %d", (depth, wanted) => {
    expect(edit(text, change, depth)).toBe(wanted);
  });
});
