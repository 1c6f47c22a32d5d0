import { repeatedKeys } from "../../src/yaml/repeated-keys.ts";

describe("repeated keys are told as go-yaml's strict mode does", () => {
  test.each<[text: string, want: readonly string[]]>([
    ["", []],
    ["a: 1\nb: 2\n", []],
    ["a: 1\nb: 2\na: 3\n", ['line 3: key "a" already set in map']],
    ["a: 1\n'a':\n  x: 1\n", ['line 3: key "a" already set in map']],
    ["a:\na:\nb: 1\n", ['line 2: key "a" already set in map']],
    ["1: a\n1.0: b\n'1': c\n1: d\n", ["line 4: key 1 already set in map"]],
    ["true: a\nyes: b\n", ["line 2: key true already set in map"]],
    ["1e3: a\n1000.0: b\n", ["line 2: key 1000 already set in map"]],
    ["a: {x: 1, x: 2}\na: 1\n", ['line 1: key "x" already set in map', 'line 2: key "a" already set in map']],
    ["a: &a {x: 1, x: 2}\nb: *a\n", Array(2).fill('line 1: key "x" already set in map')],
    ["a: 1\n<<: {a: 2}\n", ['line 2: key "a" already set in map']],
    ["<<: {a: 2}\na: 1\n", ['line 2: key "a" already set in map']],
    ["<<: [{a: 1}, {a: 2}]\n", ['line 1: key "a" already set in map']],
    ["? a\n: 1\n? a\n: 2\n", ['line 4: key "a" already set in map']],
    ["# one\u0085a: 1\na: 2\n", ['line 3: key "a" already set in map']],
    ['"\\t": 1\n"\\t": 2\n', ['line 2: key "\\t" already set in map']],
  ])("%j", (text, want) => {
    expect(repeatedKeys(text)).toEqual(want);
  });

  test("however deep they are", () => {
    const depth = 9_000;
    const text = `${"[".repeat(depth)}{a: 1, a: 2}${"]".repeat(depth)}`;
    expect(repeatedKeys(text)).toEqual(['line 1: key "a" already set in map']);
  });
});
