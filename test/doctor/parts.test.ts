import type { SourceNode } from "../../src/yaml/source-tree.ts";
import { readSourceTree } from "../../src/yaml/source-tree.ts";
import { describeMoment, describeTime, joinWords, shellWord } from "../../src/doctor/describe.ts";
import { RawText } from "../../src/doctor/raw-text.ts";
import { repeatedFields } from "../../src/doctor/repeated-fields.ts";
import { suggestField } from "../../src/doctor/suggest-field.ts";
import { suggestName } from "../../src/doctor/suggest-name.ts";
import { surpriseInKey, surpriseInScalar } from "../../src/doctor/surprises.ts";
import { expiryOfToken } from "../../src/doctor/checks/tokens.ts";
import { unusedEntries } from "../../src/doctor/unused-entries.ts";
import { walkConfig } from "../../src/doctor/walk-config.ts";
import { wrap } from "../../src/cli/printers/doctor-report/doctor-table.ts";
import { decodeConfig } from "../../src/codec/kubeconfig/decode-config.ts";
import { decodeInput } from "../../src/yaml/input.ts";
import type { NodeTree } from "../../src/yaml/node-tree.ts";
import { parseDocument } from "../../src/yaml/parser.ts";
import { webToken } from "./kubeconfigs.ts";

const FIELDS = ["server", "certificate-authority", "certificate-authority-data", "tokenFile", "as", "exec"];

test.each([
  ["certificate_authority", "certificate-authority", true],
  ["certificateAuthority", "certificate-authority", true],
  ["CERTIFICATE-AUTHORITY-DATA", "certificate-authority-data", true],
  ["token-file", "tokenFile", true],
  ["Server", "server", true],
  ["sever", "server", false],
  ["servers", "server", false],
  ["certificate-autority", "certificate-authority", false],
  ["sserverr", undefined, false],
  ["a", undefined, false],
  ["is", undefined, false],
  ["", undefined, false],
  ["x".repeat(100), undefined, false],
])("the field that %j was meant to be is %j", (name, field, isCertain) => {
  expect(suggestField(name, FIELDS)).toEqual(field && { field, isCertain });
});

test.each([
  ["prod-eu", "prod-us", "prod-eu", "prod-eu"],
  ["Prod", "prod", "dev", "prod"],
  ["prdo", "prod", "dev", undefined],
  ["pro", "prod", "dev", "prod"],
  ["", "prod", "", undefined],
])("the name that %j comes nearest to, of %j and %j, is %j", (name, one, other, found) => {
  expect(suggestName(new Map([one, other].map((each) => [each, undefined])))(name)).toBe(found);
});

test.each([
  [0, "less than a minute"],
  [60_000, "1 minute"],
  [-7_199_999, "119 minutes"],
  [7_200_000, "2 hours"],
  [172_799_999, "47 hours"],
  [172_800_000, "2 days"],
  [86_400_000 * 900, "900 days"],
])("%d milliseconds are %s", (time, text) => {
  expect(describeTime(time)).toBe(text);
});

test.each([
  [0, "1970-01-01T00:00:00Z"],
  [1e300, "a time beyond all calendars"],
  [Infinity, "a time beyond all calendars"],
])("%d is %s", (time, text) => {
  expect(describeMoment(time)).toBe(text);
});

test.each([
  ["plain", "plain"],
  ["arn:aws:eks:eu-west-1:1:cluster/x", "arn:aws:eks:eu-west-1:1:cluster/x"],
  ["two words", "'two words'"],
  ["$(rm -rf ~)", "'$(rm -rf ~)'"],
  ["it's", String.raw`'it'\''s'`],
  ["", "''"],
  ["-o", "NAME"],
  ["a\nb", "NAME"],
  ["\u001b[2J", "NAME"],
  ["\u202eevil", "NAME"],
  ["x".repeat(1000), "NAME"],
])("as a word of a shell %j is %s", (text, word) => {
  expect(shellWord(text)).toBe(word);
});

test.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a and b"],
  [["a", "b", "c"], "a, b and c"],
])("%j are listed as %j", (words, text) => {
  expect(joinWords(words)).toBe(text);
});

test.each([
  ["one two three", 7, ["one two", "three"]],
  ["a-very-long-word b", 4, ["a-very-long-word", "b"]],
  ["", 4, []],
  ["äöü äöü", 7, ["äöü äöü"]],
  ["😀😀 😀😀", 5, ["😀😀 😀😀"]],
])("%j is wrapped at %d", (text, width, lines) => {
  expect(wrap(text, width)).toEqual(lines);
});

function parsed(text: string): NodeTree {
  const tree = parseDocument(decodeInput(text));
  if (tree === undefined) {
    throw new Error("no document");
  }
  return tree;
}

test("fields that stand twice are told with both places; merges are none", () => {
  const text = "a: 1\nb: &b {c: 1, 'c': 2}\nd: {<<: *b, c: 3}\na: 2\n1: x\n0x1: y\n";
  expect(repeatedFields(parsed(text))).toEqual([
    { name: "a", position: { line: 4, column: 1 }, first: { line: 1, column: 1 } },
    { name: "1", position: { line: 6, column: 1 }, first: { line: 5, column: 1 } },
    { name: "c", position: { line: 2, column: 14 }, first: { line: 2, column: 8 } },
  ]);
});

test.each([
  ["on: x", "on"],
  ["  on : x", undefined],
  ['"on": x', undefined],
  ["on", undefined],
  ["? on", undefined],
])("the plain key at the start of %j is %j", (text, key) => {
  expect(new RawText(new TextEncoder().encode(text)).plainKeyAt({ line: 1, column: 1 })).toBe(key);
});

function scalar(text: string): SourceNode {
  const node = readSourceTree(`x: ${text}`)?.fields.get("x");
  if (node === undefined) {
    throw new Error("no scalar");
  }
  return node;
}

test.each([
  ["a: 1\n---\nb: 2\n", 2],
  ["---\na: 1\n--- # Another.\nb: 2\n", 3],
  ["a: 1\r\n--- {b: 2}\r\n", 2],
  ["a: 1\n--- b\n", 2],
  ["a: |\n  ---\n  x\n", undefined],
  ["a: 1\n---\n", undefined],
  ["a: 1\n...\n", undefined],
  ["a: 1\n---\n# c\n...\n---\n", undefined],
  ["a: 1\n---x: 2\n", undefined],
  ["--- {a: 1}\n", undefined],
])("another document begins in %j at line %s", (text, line) => {
  const position = readSourceTree(text)?.position ?? { line: 1, column: 1 };
  expect(new RawText(new TextEncoder().encode(text)).secondDocument(position)?.line).toBe(line);
});

describe("the surprises of YAML", () => {
  test.each([
    ["text", "yes", "yaml-not-text"],
    ["text", "n", "yaml-not-text"],
    ["text", "true", "yaml-not-text"],
    ["text", "0755", "yaml-not-text"],
    ["text", "1_000", "yaml-not-text"],
    ["text", "1e3", "yaml-not-text"],
    ["text", "0b1", "yaml-not-text"],
    ["text", "null", "yaml-surprise"],
    ["text", "~", "yaml-surprise"],
    ["text", "1:30", "yaml-surprise"],
    ["text", "2001-12-14", "yaml-surprise"],
    ["text", "2001-12-14t21:59:43.10-05:00", "yaml-surprise"],
    ["text", "'yes'", undefined],
    ["text", '"0755"', undefined],
    ["text", "", undefined],
    ["text", "word", undefined],
    ["text", "10.0.0.1", undefined],
    ["text", "https://h:1", undefined],
    ["flag", "yes", "yaml-surprise"],
    ["flag", "off", "yaml-surprise"],
    ["flag", "True", undefined],
    ["flag", "false", undefined],
    ["free", "on", "yaml-surprise"],
    ["free", "0755", "yaml-surprise"],
    ["free", "1.10", "yaml-surprise"],
    ["free", "1_000", "yaml-surprise"],
    ["free", "1.5", undefined],
    ["free", "12", undefined],
    ["free", "v1.10", undefined],
    ["free", "'1.10'", undefined],
    ["bytes", "12", undefined],
  ] as const)("where there is to be %s, %s is %s", (shape, text, code) => {
    expect(surpriseInScalar(shape, scalar(text))?.code).toBe(code);
  });

  test.each([
    [{ text: "on" }, "true", true],
    [{ text: "0755" }, "493", true],
    [{ text: "0755", tag: "tag:yaml.org,2002:int" }, "493", true],
    [{ text: "on", tag: "tag:yaml.org,2002:str" }, "on", false],
    [{ text: "on", tag: "!own" }, "on", false],
    [undefined, "true", false],
  ])("a key written %j that reads %s is one: %s", (written, name, isOne) => {
    expect(surpriseInKey(written, name) !== undefined).toBe(isOne);
  });
});

test.each([
  [webToken({ exp: 100 }), 100_000],
  [webToken({ exp: "100" }), undefined],
  [webToken({}), undefined],
  [webToken([1]), undefined],
  ["a.b.c", undefined],
  ["a.e30", undefined],
  ["opaque", undefined],
  ["", undefined],
  [`${webToken({ exp: 100 })}.more`, undefined],
  [`${"a".repeat(70_000)}.${webToken({ exp: 100 })}`, undefined],
])("a token expires when it says so", (token, time) => {
  expect(expiryOfToken(token)).toBe(time);
});

test("entries are used by the contexts of all files, those that are hidden included", () => {
  const configs = [
    "clusters: [{name: a, cluster: {}}, {name: b, cluster: {}}]\ncontexts: [{name: x, context: {cluster: a}}]",
    "clusters: [{name: c, cluster: {}}]\ncontexts: [{name: x, context: {cluster: b, user: u}}]\nusers: [{name: u, user: {}}]",
  ].map((text) => decodeConfig(text));
  expect(unusedEntries(configs)).toEqual({ clusters: new Set(["c"]), users: new Set() });
});

function visits(text: string): readonly string[] {
  const root = readSourceTree(text);
  return root === undefined
    ? []
    : Array.from(walkConfig(root), ({ what, path, owner }) =>
        [what, path.join("."), owner && `${owner.kind}:${owner.name}`].filter(Boolean).join(" "),
      );
}

describe("a kubeconfig is walked", () => {
  test("with the entry that each thing belongs to", () => {
    expect(
      visits(
        "kind: Config\nusers:\n- name: u\n  user: {exec: {env: [{name: a, Value: b}], Args: []}}\nbogus: {a: 1}\n",
      ),
    ).toEqual([
      "scalar kind",
      "scalar users.0.name user:u",
      "scalar users.0.user.exec.env.0.name user:u",
      "unknown users.0.user.exec.env.0.Value user:u",
      "unknown users.0.user.exec.Args user:u",
      "unknown bogus",
    ]);
  });

  test("with what stands twice, and not into what aliases repeat", () => {
    expect(
      visits("clusters:\n- name: a\n  cluster: &c {Server: 1}\n- name: b\n  cluster: *c\n- name: a\n"),
    ).toEqual([
      "scalar clusters.0.name cluster:a",
      "unknown clusters.0.cluster.Server cluster:a",
      "scalar clusters.1.name cluster:b",
      "duplicate clusters.2 cluster:a",
      "scalar clusters.2.name cluster:a",
    ]);
  });

  test.each([
    ["{name: e, extension: null}, {name: e, extension: 1}", 0],
    ["{name: e}, {name: e}, {name: e, extension: 1}", 0],
    ["{name: e, extension: 1}, {name: e}", 1],
    ["{name: e, extension: 1}, {name: e, extension: 1}, {name: e, extension: 1}", 2],
    ["{extension: 1}, {extension: 1}", 1],
    ["{name: on, extension: 1}, {name: on, extension: 1}", 0],
  ])("with the names that stand twice among extensions: %s", (list, count) => {
    const found = visits(`extensions: [${list}]`).filter((visit) => visit.startsWith("duplicate"));
    expect(found.length).toBe(count);
  });

  test("with the keys that are no fields, however deep", () => {
    const deep = `${"[".repeat(5000)}{on: yes}${"]".repeat(5000)}`;
    expect(visits(`extensions: [{name: e, extension: ${deep}}]`)).toEqual([
      "scalar extensions.0.name",
      "key extensions.0.extension",
      "scalar extensions.0.extension",
    ]);
  });
});
