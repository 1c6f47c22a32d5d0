import { renameKeys } from "../../../src/yaml/edit/rename-keys.ts";

describe("keys are renamed where they stand", () => {
  test.each([
    ["a plain one", "x:\n  Server: h # c\n", { line: 2, column: 3 }, "x:\n  server: h # c\n"],
    ["one in quotes", '{"Server": "h"}', { line: 1, column: 2 }, '{"server": "h"}'],
    ["one in single quotes", "{'Server': h}", { line: 1, column: 2 }, "{'server': h}"],
    [
      "one behind characters beyond U+FFFF",
      "{😀: 1, Server: h}",
      { line: 1, column: 8 },
      "{😀: 1, server: h}",
    ],
    [
      "one after a byte order mark",
      "\ufeffServer: h\r\nb: 1\r\n",
      { line: 1, column: 1 },
      "\ufeffserver: h\r\nb: 1\r\n",
    ],
    ["one on a line that ends in CR", "a: 1\rServer: h\r", { line: 2, column: 1 }, "a: 1\rserver: h\r"],
    ["one with an anchor", "&k Server: h\nb: *k\n", { line: 1, column: 4 }, "&k server: h\nb: *k\n"],
    ["one that is escaped", '{"\\x53erver": h}', { line: 1, column: 2 }, '{"server": h}'],
    ["one behind a question mark", "? Server\n: h\n", { line: 1, column: 3 }, "? server\n: h\n"],
    [
      "one where an alias leads",
      "a: &a\n  - Server: h\nb: *a\n---\nc: 1\n",
      { line: 2, column: 5 },
      "a: &a\n  - server: h\nb: *a\n---\nc: 1\n",
    ],
    ["but not what is not there", "a: 1\nServe: h", { line: 2, column: 1 }, "a: 1\nServe: h"],
    ["nor beyond the end", "a: 1", { line: 9, column: 1 }, "a: 1"],
  ])("%s", (_what, text, position, wanted) => {
    expect(renameKeys(text, [{ position, from: "Server", to: "server" }])).toBe(wanted);
  });

  test("several on one line", () => {
    const renames = [
      { position: { line: 1, column: 2 }, from: "A_b", to: "a-b-c" },
      { position: { line: 1, column: 10 }, from: "C_d", to: "c-d" },
    ];
    expect(renameKeys("{A_b: 1, C_d: 2}", renames)).toBe("{a-b-c: 1, c-d: 2}");
  });
});

test("not one that a mapping merged in place has", () => {
  const renames = [{ position: { line: 1, column: 6 }, from: "A_b", to: "a-b" }];
  expect(renameKeys("<<: {A_b: 1}", renames)).toBeUndefined();
});
