import * as fc from "fast-check";
import type { JsonValue } from "../../src/api/json-value.ts";
import { readYaml } from "../../src/yaml/read.ts";
import type { YamlDocument } from "../../src/yaml/read.ts";
import { readSourceTree } from "../../src/yaml/source-tree.ts";
import type { SourceNode } from "../../src/yaml/source-tree.ts";

describe("the source tree", () => {
  test("holds every value with its place and that of its key", () => {
    const root = readSourceTree("a: [b, {c: on}]\n# comment\nd: 'e'\n");
    expect(root?.position).toEqual({ line: 1, column: 1 });
    const item = root?.fields.get("a")?.items[1]?.fields.get("c");
    expect(item?.value).toBe(true);
    expect(item?.position).toEqual({ line: 1, column: 12 });
    expect(item?.keyPosition).toEqual({ line: 1, column: 9 });
    expect(root?.fields.get("d")?.position).toEqual({ line: 3, column: 4 });
  });

  test.each<[string, string, string | undefined]>([
    ["a plain scalar", "a: 0777", "0777"],
    ["a plain scalar of several lines, folded", "a: b\n  c", "b c"],
    ["nothing", "a:", ""],
    ["a quoted scalar", "a: '0777'", undefined],
    ["a block scalar", "a: |\n  0777\n", undefined],
    ["a scalar with a tag", "a: !!str 0777", undefined],
    ["a mapping", "a: {b: c}", undefined],
    ["what an alias stands for", "b: &x y\na: *x", "y"],
  ])("keeps the text of %s as it is written", (_what, yaml, text) => {
    expect(readSourceTree(yaml)?.fields.get("a")?.text).toBe(text);
  });

  test("gives an aliased value the key that it stands under", () => {
    const root = readSourceTree("a: &x [1]\nb: *x\n");
    expect(root?.fields.get("b")).toMatchObject({
      position: { line: 1, column: 7 },
      keyPosition: { line: 2, column: 1 },
    });
  });

  test("is nothing for an empty stream", () => {
    expect(readSourceTree("")).toBeUndefined();
    expect(readSourceTree("# nothing\n")).toBeUndefined();
  });

  test.each([
    ["a merge of a merge of a merge", "a: &a {x: 1}\nb: &b {<<: *a}\nc: &c {<<: *b}\nd: {<<: [*c, *a]}\n"],
    ["aliases of aliases", "a: &a [1, 1]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"],
    ["a key that is replaced and cannot be said in JSON", "a: {~: 1}\na: 2\n"],
    ["a number that is replaced and cannot be said in JSON", "a: .inf\na: 2\n"],
    ["magic names", "__proto__: {constructor: 1}\ntoString: 2\n"],
  ])("reads %s", (_what, yaml) => {
    expect(readSourceTree(yaml)?.value).toEqual(readYaml(yaml).value);
  });

  test("goes as deep as the reader", () => {
    const depth = 9000;
    let node = readSourceTree(`${"[".repeat(depth)}${"]".repeat(depth)}`);
    let found = 0;
    for (; node !== undefined; node = node.items[0]) found++;
    expect(found).toBe(depth);
  });

  test("refuses aliases that would grow without bound", () => {
    const bomb = ["a0: &a0 [1,1,1,1,1,1,1,1,1,1]"];
    for (let i = 1; i < 9; i++) bomb.push(`a${i}: &a${i} [${`*a${i - 1},`.repeat(10)}]`);
    expect(() => readSourceTree(bomb.join("\n"))).toThrow("document contains excessive aliasing");
  });

  test("takes time in proportion to a document on one line", () => {
    const text = `[${"{'é😀': [a, b]},".repeat(50_000)}]`;
    const started = performance.now();
    expect(readSourceTree(text)?.items.at(-1)?.fields.get("é😀")?.items[1]?.position.column).toBe(
      text.length - 50_000 - 3 - 1,
    );
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test("agrees with the reader on every value and on every place", () => {
    fc.assert(
      fc.property(documents, (yaml) => {
        const document = tryRead(yaml);
        if (document === undefined) {
          expect(() => readSourceTree(yaml)).toThrow();
          return;
        }
        const root = readSourceTree(yaml);
        expect(root?.value ?? null).toEqual(document.value);
        if (root !== undefined) expectAgreement(document, root, [], document.value);
      }),
      { numRuns: 1500 },
    );
  });
});

function tryRead(yaml: string): YamlDocument | undefined {
  try {
    return readYaml(yaml);
  } catch {
    return undefined;
  }
}

function expectAgreement(
  document: YamlDocument,
  node: SourceNode,
  path: readonly (string | number)[],
  value: JsonValue,
): void {
  expect(node.value).toEqual(value);
  expect([path, node.position]).toEqual([path, document.locate(path)]);
  expect([path, node.keyPosition ?? node.position]).toEqual([path, document.locate(path, "key")]);
  const mapping: ReadonlyMap<string, JsonValue> = value instanceof Map ? value : new Map();
  const list: readonly JsonValue[] = Array.isArray(value) ? value : [];
  expect([...node.fields.keys()].toSorted()).toEqual([...mapping.keys()].toSorted());
  expect(node.items.length).toBe(list.length);
  for (const [key, field] of node.fields) {
    expectAgreement(document, field, [...path, key], mapping.get(key) ?? null);
  }
  for (const [index, item] of node.items.entries()) {
    expectAgreement(document, item, [...path, index], list[index] ?? null);
  }
}

/** Documents in flow and block style, with anchors, aliases, merges, repeated keys and odd characters; many are refused. */
const scalars = fc.constantFrom(
  "a",
  "b",
  "'c'",
  '"d\\n"',
  "y",
  "0777",
  "1.50",
  "~",
  "",
  "é",
  "😀",
  "!!str 1",
  ".inf",
);
const keys = fc.constantFrom(
  "a",
  "b",
  "'a'",
  "name",
  "1",
  "'1'",
  "😀",
  "<<",
  "__proto__",
  "~",
  "*x ",
  "true",
);
const anchors = fc.constantFrom("", "", "", "&x ", "&y ");
const aliases = fc.constantFrom("*x", "*y");

const { flow } = fc.letrec<{ flow: string; value: string; list: string; mapping: string }>((tie) => ({
  flow: fc.tuple(anchors, tie("value")).map(([anchor, value]) => `${anchor}${value}`),
  value: fc.oneof({ depthSize: "small" }, scalars, aliases, tie("list"), tie("mapping")),
  list: fc.array(tie("flow"), { maxLength: 4 }).map((items) => `[${items.join(", ")}]`),
  mapping: fc
    .array(fc.tuple(keys, fc.oneof(tie("flow"), tie("mapping"), aliases)), { maxLength: 4 })
    .map((entries) => `{${entries.map(([key, value]) => `${key}: ${value}`).join(", ")}}`),
}));

const breaks = fc.constantFrom("\n", "\n", "\r\n", "\n# note\n", "\n\n");

const documents = fc
  .array(fc.tuple(keys, flow, breaks), { minLength: 1, maxLength: 6 })
  .map(
    (lines) => `x: &x {a: 1, b: &y [2]}\n${lines.map((line) => `${line[0]}: ${line[1]}${line[2]}`).join("")}`,
  );
