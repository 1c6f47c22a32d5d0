import { readUserExtra, removeNamespacesPrefix } from "../../src/clientcmd/flag-values.ts";

describe("a prefix of a resource name is taken from a namespace", () => {
  test.each([
    ["ns/foo", "foo"],
    ["nS/ns/foo", "ns/foo"],
    ["namespaces/\n", "\n"],
    ["NAMESPACES//", "/"],
    ["ns/", "ns/"],
    ["foo/ns/x", "foo/ns/x"],
    ["n\u017F/foo", "n\u017F/foo"],
    ["", ""],
  ])("%j becomes %j", (value, expected) => {
    expect(removeNamespacesPrefix(value)).toBe(expected);
  });
});

/** Seen as `Impersonate-Extra-…` headers of kubectl 1.36.3. */
describe("extras of the user to act as are read as kubectl reads them", () => {
  test.each([
    [[], []],
    [["a=b=c"], [["a", ["b=c"]]]],
    [
      ["a=1", "b=2", "a="],
      [
        ["a", ["1", ""]],
        ["b", ["2"]],
      ],
    ],
    [["none", "=z"], [["", ["z"]]]],
    [["__proto__=x"], [["__proto__", ["x"]]]],
  ] as const)("%j", (texts, expected) => {
    expect([...readUserExtra(texts)]).toEqual(expected);
  });
});
