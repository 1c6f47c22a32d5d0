import type { Position } from "../../src/api/position.ts";
import { readYaml } from "../../src/yaml/read.ts";

type Path = readonly (string | number)[];

function at(line: number, column: number): Position {
  return { line, column };
}

const KUBECONFIG = `apiVersion: v1
clusters:
- name: "dev"
  cluster: {server: 'https://x', insecure-skip-tls-verify: true}
users:
  - user:
      token: |
        abc
    name: é
current-context:
`;

describe("locate", () => {
  test.each<[Path, Position | undefined, Position | undefined]>([
    [[], at(1, 1), at(1, 1)],
    [["apiVersion"], at(1, 13), at(1, 1)],
    [["clusters"], at(3, 1), at(2, 1)],
    [["clusters", 0], at(3, 3), at(3, 3)],
    [["clusters", 0, "name"], at(3, 9), at(3, 3)],
    [["clusters", 0, "cluster", "server"], at(4, 21), at(4, 13)],
    [["clusters", 0, "cluster", "insecure-skip-tls-verify"], at(4, 60), at(4, 34)],
    [["users", 0, "user", "token"], at(7, 14), at(7, 7)],
    [["users", 0, "name"], at(9, 11), at(9, 5)],
    [["current-context"], at(10, 17), at(10, 1)],
    [["clusters", 1], undefined, undefined],
    [["clusters", -1], undefined, undefined],
    [["clusters", 0.5], undefined, undefined],
    [["clusters", "0"], undefined, undefined],
    [["clusters", 0, "nope"], undefined, undefined],
    [["apiVersion", "x"], undefined, undefined],
    [["apiVersion", 0], undefined, undefined],
    [[0], undefined, undefined],
    [["toString"], undefined, undefined],
  ])("finds the value and the key at %j", (path, value, key) => {
    const document = readYaml(KUBECONFIG);
    expect(document.locate(path)).toEqual(value);
    expect(document.locate(path, "key")).toEqual(key);
  });

  test.each<[string, string, Path, Position | undefined]>([
    ["the last of several equal keys", "a: 1\nb: 2\na: 3\n", ["a"], at(3, 4)],
    ["keys by the strings that they become", "1: x\ntrue: y\n1.50: z\n", ["1.5"], at(3, 7)],
    ["the last of several keys that become equal", "1: x\n'1': y\n", ["1"], at(2, 6)],
    ["an anchored node for its alias", "a: &x [b, c]\nd: *x\n", ["d"], at(1, 7)],
    ["a place inside of what an alias stands for", "a: &x [b, c]\nd: *x\n", ["d", 1], at(1, 11)],
    ["keys that are aliases", "a: &x b\n*x : c\n", ["b"], at(2, 6)],
    ["merged entries", "a: &x {b: c}\nd: {<<: *x}\n", ["d", "b"], at(1, 11)],
    [
      "entries after the merge that they override",
      "a: &x {b: c}\nd: {<<: *x, b: e}\n",
      ["d", "b"],
      at(2, 16),
    ],
    [
      "the merge that overrides an entry before it",
      "a: &x {b: c}\nd: {b: e, <<: *x}\n",
      ["d", "b"],
      at(1, 11),
    ],
    ["the first of merged mappings", "<<: [{a: 1}, {a: 2, b: 3}]\n", ["a"], at(1, 10)],
    ["later merged mappings too", "<<: [{a: 1}, {a: 2, b: 3}]\n", ["b"], at(1, 24)],
    ["merges inside of merges", "<<: {<<: {a: 1}, b: 2}\n", ["a"], at(1, 14)],
    ["a quoted << as a key like others", "'<<': a\n", ["<<"], at(1, 7)],
    ["no entry for a merge", "<<: {a: 1}\n", ["<<"], undefined],
    ["the content of a node with a tag", "a: !!str b\n", ["a"], at(1, 10)],
    ["nothing, where nothing is written", "a:\n\n\nb: c\n", ["a"], at(1, 3)],
    ["pairs in a sequence", "[a: b]\n", [0, "a"], at(1, 5)],
    ["a key named __proto__", "__proto__: {a: b}\n", ["__proto__", "a"], at(1, 16)],
    ["only what the first document holds", "a: b\n---\nc: d\n", ["c"], undefined],
    ["lines that end with CR LF", "a: b\r\nc: d\r\n", ["c"], at(2, 4)],
    ["columns in characters", "'😀é': b\n", ["😀é"], at(1, 7)],
  ])("finds %s", (_what, yaml, path, position) => {
    expect(readYaml(yaml).locate(path)).toEqual(position);
  });

  test("finds nothing but the root in a scalar, and nothing at all in an empty stream", () => {
    expect(readYaml("a").locate([])).toEqual(at(1, 1));
    expect(readYaml("").locate([])).toBeUndefined();
  });
});
