import { compareYamlKeys } from "../../src/yaml/key-order.ts";

describe("keys are sorted as go-yaml v2 does", () => {
  test.each([
    [
      ["b", "a"],
      ["a", "b"],
    ],
    [
      ["a", "B", "A", "b"],
      ["A", "B", "a", "b"],
    ],
    [
      ["a10", "a9", "a1", "a"],
      ["a", "a1", "a9", "a10"],
    ],
    [
      ["a01", "a1", "a001"],
      ["a1", "a01", "a001"],
    ],
    [
      ["a100", "a12", "a2"],
      ["a2", "a12", "a100"],
    ],
    [
      ["a1b", "a1", "a1."],
      ["a1", "a1.", "a1b"],
    ],
    [
      ["a-b", "a_b", "a.b", "ab", "a b", "a/b"],
      ["a b", "a-b", "a.b", "a/b", "a_b", "ab"],
    ],
    [
      ["1", "a", "-", "_"],
      ["-", "_", "1", "a"],
    ],
    [
      ["10", "9", "1", "01", "00", "0"],
      ["0", "00", "1", "01", "9", "10"],
    ],
    [
      ["é", "z", "a", "e"],
      ["a", "e", "z", "é"],
    ],
    [
      ["日本", "語", "a"],
      ["a", "日本", "語"],
    ],
    [
      ["a1x", "a1-", "a12"],
      ["a1-", "a12", "a1x"],
    ],
    [
      ["ctx-10", "ctx-2", "ctx-1"],
      ["ctx-1", "ctx-2", "ctx-10"],
    ],
    [
      ["99999999999999999999", "100000000000000000000", "1"],
      ["1", "99999999999999999999", "100000000000000000000"],
    ],
    [
      ["x9223372036854775808", "x1"],
      ["x9223372036854775808", "x1"],
    ],
    [
      ["a\u0660", "a1", "a9"],
      ["a1", "a9", "a\u0660"],
    ],
    [
      ["\ufb01", "\ud83d\ude00", "a"],
      ["\ud83d\ude00", "a", "\ufb01"],
    ],
    [
      ["", "a", " "],
      ["", " ", "a"],
    ],
    [
      ["a", "ab", "abc"],
      ["a", "ab", "abc"],
    ],
    [
      ["aZ", "az", "a0"],
      ["a0", "aZ", "az"],
    ],
    [
      ["_a", "A", "a_"],
      ["_a", "A", "a_"],
    ],
    [
      ["k8s", "k8s-1", "k8s1"],
      ["k8s", "k8s-1", "k8s1"],
    ],
    [
      ["2a", "20"],
      ["20", "2a"],
    ],
    [
      ["a0b", "a00b", "a0"],
      ["a0", "a00b", "a0b"],
    ],
    [
      ["ab1", "ab", "aB"],
      ["aB", "ab", "ab1"],
    ],
    [
      ["v1beta1", "v1", "v1alpha1", "v11alpha2"],
      ["v1", "v11alpha2", "v1alpha1", "v1beta1"],
    ],
  ])("%j become %j", (keys, want) => {
    expect(keys.toSorted(compareYamlKeys)).toEqual(want);
    expect(keys.toReversed().toSorted(compareYamlKeys)).toEqual(want);
  });
});

test("numbers that do not fit in an int64 wrap around, as in Go", () => {
  expect(compareYamlKeys("x9223372036854775807", "x1")).toBeGreaterThan(0);
  expect(compareYamlKeys("x9223372036854775808", "x1")).toBeLessThan(0);
});

test("a key is equal to itself only", () => {
  expect(compareYamlKeys("a\u{1f600}1", "a\u{1f600}1")).toBe(0);
  expect(compareYamlKeys("01", "1")).not.toBe(0);
  expect(compareYamlKeys("\u{1f600}", "\u{1f601}")).toBeLessThan(0);
});
