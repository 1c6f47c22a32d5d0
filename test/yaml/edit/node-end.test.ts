import { decodeInput } from "../../../src/yaml/input.ts";
import type { NodeTree } from "../../../src/yaml/node-tree.ts";
import { parseDocument } from "../../../src/yaml/parser.ts";
import { membersOf, rootSlot } from "../../../src/yaml/edit/spans.ts";

function parse(text: string): NodeTree {
  const tree = parseDocument(decodeInput(text));
  if (tree === undefined) {
    throw new Error("no document");
  }
  return tree;
}

/** What is written after each key of a mapping. */
function values(text: string): string[] {
  const tree = parse(text);
  return membersOf(tree, rootSlot(tree)).map(({ slot }) => text.slice(slot.start, slot.end));
}

describe("the text of a value", () => {
  test.each<readonly [string, string, readonly string[]]>([
    ["is a plain scalar without what follows it", "k: v w # c\nl: 1\n", ["v w", "1"]],
    ["is a plain scalar of several lines", "k: v\n  w\n\n  x # c\nl:\n", ["v\n  w\n\n  x", ""]],
    ["is a quoted scalar with its quotes", `k: 'it''s' # c\nl: "a\\"b" #\n`, ["'it''s'", `"a\\"b"`]],
    ["is a quoted scalar of several lines", `k: 'a\n\n  b'\nl: "a\\\n  b"\n`, ["'a\n\n  b'", `"a\\\n  b"`]],
    [
      "is a block without the empty lines after it",
      "k: |\n  a\n\n  b\n\nl: >-\n  a\n",
      ["|\n  a\n\n  b", ">-\n  a"],
    ],
    [
      "is a block with the empty lines after it, if it keeps them",
      "k: |+\n  a\n\n\nl: 1\n",
      ["|+\n  a\n\n", "1"],
    ],
    [
      "is a block with an indentation of its own",
      "k: |1\n  a\n b\n# c\nl: |2-\n   a\n",
      ["|1\n  a\n b", "|2-\n   a"],
    ],
    ["is a block without lines", "k: |\nl: >+\n", ["|", ">+"]],
    ["is an alias", "k: &a v\nl: *a # c\n", ["&a v", "*a"]],
    [
      "has its anchor and its tag",
      "k: !!str &a v\nl: &b !<tag:yaml.org,2002:str> # c\nm: &c\n",
      ["!!str &a v", "&b !<tag:yaml.org,2002:str>", "&c"],
    ],
    ["is nothing", "k:\nl: # c\n? m\nn:\n", ["", "", "", ""]],
    ["is a block list", "k:\n- a\n-\nl:\n  -   b # c\n  - c\n", ["- a\n-", "-   b # c\n  - c"]],
    ["is a block mapping", "k:\n  a: 1 # c\n  b:\n  # c\nl: &x\n  a: b\n", ["a: 1 # c\n  b:", "&x\n  a: b"]],
    [
      "is a collection in brackets",
      "k: [a, {b: c} , ] # c\nl: { # c\n  a, b: [], }\n",
      ["[a, {b: c} , ]", "{ # c\n  a, b: [], }"],
    ],
    ["stands on the lines after its key", "k:\n  # c\n  v\n? l\n:\n  - a\n", ["v", "- a"]],
    [
      "ends where the line does, whatever ends it",
      "k: |\r\n  a\r\n\r\nl: v\rm: w\u0085",
      ["|\r\n  a", "v", "w"],
    ],
    [
      "is that of a key in quotes, with an anchor or with a tag",
      `"k": 1\n&a l: 2\n!!str m: 3\n*a : 4\n`,
      ["1", "2", "3", "4"],
    ],
  ])("%s", (_name, text, wanted) => {
    expect(values(text)).toEqual(wanted);
  });
});
