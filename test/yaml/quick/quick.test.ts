import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { quickJson } from "../../../src/yaml/quick/quick-json.ts";
import { quickYaml } from "../../../src/yaml/quick/quick-yaml.ts";
import { compareReaders } from "./compare.ts";
import { randomNumbers, randomText } from "./random-text.ts";

describe("the quick readers", () => {
  test("give the value of the full reader, or none", () => {
    const random = randomNumbers(20_261_122);
    let taken = 0;
    for (let i = 0; i < 20_000; i++) {
      const text = randomText(random);
      const comparison = compareReaders(text);
      taken += comparison.taken ? 1 : 0;
      if (comparison.quick !== comparison.full) {
        expect({ text, ...comparison }).toMatchObject({ quick: comparison.full });
      }
    }
    expect(taken).toBeGreaterThan(1000);
  });

  test("give the value of the full reader, or none, for every text in the recorded vectors", () => {
    let taken = 0;
    for (const text of new Set(
      vectorFiles().flatMap((file) => textsIn(JSON.parse(readFileSync(file, "utf8")))),
    )) {
      const comparison = compareReaders(text);
      taken += comparison.taken ? 1 : 0;
      if (comparison.quick !== comparison.full) {
        expect({ text, ...comparison }).toMatchObject({ quick: comparison.full });
      }
    }
    expect(taken).toBeGreaterThan(500);
  });

  test.each([
    ["a comment", "# c\na: b\n"],
    ["a document mark", "---\na: b\n"],
    ["sequences that are indented and not", "a:\n- x\nb:\n  - y\n"],
    ["nested entries", "users:\n- name: u\n  user:\n    exec:\n      args:\n      - --x\n"],
    ["quotes", "a: \"x: y\"\nb: 'z # z'\n"],
    ["words for nothing and for truth", "a: null\nb: true\nc: no\nd:\ne: {}\nf: []\n"],
  ])("take %s", (_name, text) => {
    expect(quickYaml(text)).toBeDefined();
  });

  test.each([
    ["a number", "a: 1\n"],
    ["an anchor", "a: &x b\n"],
    ["a merge", "<<: {}\n"],
    ["a block scalar", "a: |\n  b\n"],
    ["an escape", 'a: "\\n"\n'],
    ["a value of several lines", "a: b\n  c\n"],
    ["a flow mapping", "a: {b: c}\n"],
    ["a second document", "a: b\n---\nc: d\n"],
    ["a key that JavaScript would take for an index", "1a: b\n10: c\n"],
    ["the key __proto__", "__proto__:\n  a: b\n"],
    ["65 levels", Array.from({ length: 66 }, (_, i) => `${" ".repeat(i)}a:\n`).join("")],
  ])("leave %s to the full reader", (_name, text) => {
    expect(quickYaml(text)).toBeUndefined();
  });

  test.each([
    ["an escape", String.raw`{"a":"\n"}`],
    ["a number", '{"a":1}'],
    ["a key far from its colon", '{"a"\n:"b"}'],
    ["something after the end", '{"a":"b"} x'],
  ])("leave JSON with %s to the full reader", (_name, text) => {
    expect(quickJson(text)).toBeUndefined();
  });

  test("take JSON as kubectl writes it", () => {
    expect(quickJson('{\n    "kind": "Config",\n    "users": null\n}\n')).toEqual({
      kind: "Config",
      users: null,
    });
  });
});

function vectorFiles(): readonly string[] {
  const folder = join(__dirname, "../../conformance");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => join(folder, name));
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return [value];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
