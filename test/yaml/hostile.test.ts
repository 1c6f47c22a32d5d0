import type { JsonValue } from "../../src/api/json-value.ts";
import { readYaml } from "../../src/yaml/read.ts";
import { read, refusal } from "./reading.ts";

const MANY = 300_000;

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

function depthOf(value: JsonValue): number {
  let depth = 0;
  for (let inner: JsonValue | undefined = value; inner !== undefined; depth++) {
    inner = Array.isArray(inner) ? inner[0] : inner instanceof Map ? inner.values().next().value : undefined;
  }
  return depth;
}

describe("nesting", () => {
  test.each([
    ["brackets", "[".repeat(10_000) + "]".repeat(10_000), 10_000],
    ["braces", "{a: ".repeat(10_000) + "b" + "}".repeat(10_000), 10_001],
    ["dashes", "- ".repeat(9_999) + "a", 10_000],
    ["dashes and brackets", "- ".repeat(9_999) + "[".repeat(9_999) + "]".repeat(9_999), 19_998],
    ["indentation", lines(3_000, (i) => `${" ".repeat(i)}a:`), 3_001],
    [
      "aliases of deep nodes",
      `- &a ${"[".repeat(9_999)}${"]".repeat(9_999)}\n- ${"[".repeat(9_998)}*a${"]".repeat(9_998)}`,
      10_000,
    ],
    ["merges of merges", "{<<: ".repeat(5_000) + "{a: b}" + "}".repeat(5_000), 2],
  ])("of %s is read as deep as go-yaml reads it", (_what, yaml, depth) => {
    expect(depthOf(readYaml(yaml).value)).toBe(depth);
  });

  test.each([
    ["brackets", "[".repeat(10_001) + "]".repeat(10_001)],
    ["brackets, 100,000 deep", "[".repeat(100_000)],
    ["braces", "{a: ".repeat(100_000)],
    ["dashes", "- ".repeat(100_000) + "a"],
    ["question marks", "? ".repeat(100_000) + "a"],
  ])("of %s is refused where go-yaml refuses it", (_what, yaml) => {
    expect(refusal(yaml).reason).toBe("exceeded max depth of 10000");
  });
});

describe("aliases", () => {
  test("cannot multiply a document", () => {
    const names = "abcdefghij".split("");
    const bomb = names.map(
      (name, i) => `${name}: &${name} [${`*${names[i - 1]},`.repeat(i === 0 ? 0 : 9)}x]`,
    );
    expect(refusal(bomb.join("\n"))).toMatchObject({
      reason: "document contains excessive aliasing",
      position: { line: 5, column: 8 },
    });
  });

  test("cannot multiply a document by merging", () => {
    const bomb = lines(60, (i) =>
      i === 0 ? "a0: &a0 {b: c}" : `a${i}: &a${i} {<<: [*a${i - 1}, *a${i - 1}]}`,
    );
    expect(refusal(bomb).reason).toBe("document contains excessive aliasing");
  });

  test("may be many in a small document, as in go-yaml", () => {
    // 99 of 100 decoded nodes may come from aliases, once there are more than 100 of them and 1,000 nodes.
    const source = `a: &a [${"x,".repeat(500)}]\n`;
    expect(readYaml(source + lines(100, (i) => `b${i}: *a`)).value).toBeInstanceOf(Map);
    expect(refusal(source + lines(200, (i) => `b${i}: *a`)).reason).toBe(
      "document contains excessive aliasing",
    );
  });

  test.each(["&a [*a]", "&a {b: {c: *a}}", "a: &a\n  <<: *a\n", "- &a [&b [*a]]", "&a [[], {b: [c, *a]}]"])(
    "cannot go round in circles: %j",
    (yaml) => {
      expect(refusal(yaml).reason).toBe("anchor 'a' value contains itself");
    },
  );
});

describe("keys", () => {
  test("never reach a prototype", () => {
    const yaml =
      "__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 2}}\n? __proto__\n: {polluted: 3}\n<<: {toString: 4}\n";
    expect(read(yaml)).toBe(
      '{"__proto__":{"polluted":3},"constructor":{"prototype":{"polluted":2}},"toString":4}',
    );
    expect("polluted" in {}).toBe(false);
    expect(Object.prototype.toString.call({})).toBe("[object Object]");
  });
});

describe("very long input", () => {
  const LONG = 1_000_000;

  test.each([
    ["a plain scalar", "a: ", "x", "", LONG],
    ["a plain scalar of words", "a: ", "x y ", "", LONG * 4 - 1],
    ["a plain scalar of lines", "a:\n", " x\n", "", LONG * 2 - 1],
    ["a plain scalar of colons", "a: ", ":x", "", LONG * 2],
    ["a single-quoted scalar", "a: '", "x", "'", LONG],
    ["single quotes in single quotes", "a: '", "''", "'", LONG],
    ["lines in single quotes", "a: '", "x\n", "'", LONG * 2],
    ["a double-quoted scalar", 'a: "', "x", '"', LONG],
    ["escapes", 'a: "', "\\n", '"', LONG],
    ["escaped line breaks", 'a: "', "\\\n", '"', 0],
    ["a literal scalar", "a: |\n", " x\n", "", LONG * 2],
    ["a literal scalar on one line", "a: |\n ", "x", "", LONG],
    ["blank lines that are kept", "a: |+\n", "\n", "", LONG],
    ["a folded scalar", "a: >\n", " x\n", "", LONG * 2],
    ["line separators", "a: |+\n", "\u2028", "", LONG],
    ["digits", "a: x", "1", "", LONG + 1],
    ["binary data", "a: !!binary ", "AAAA", "", LONG * 3],
    ["a tag", "a: !", "x", " z", 1],
    ["an anchor", "a: &", "x", " z", 1],
  ])("such as %s is read", (_what, head, middle, tail, length) => {
    const { value } = readYaml(head + middle.repeat(LONG) + tail);
    expect(value instanceof Map && value.get("a")).toHaveLength(length);
  });

  test.each([
    ["comments", "#\n", ""],
    ["one comment", "#", ""],
    ["blank lines", "\n", ""],
    ["spaces", " ", ""],
    ["comments around an item", "# é\n", "- a"],
  ])("such as %s is passed over", (_what, middle, tail) => {
    expect(read(middle.repeat(LONG) + tail)).toBe(tail === "" ? "null" : '["a"]');
  });

  test.each([
    ["a number that is too large", `a: ${"1".repeat(LONG)}`, '{"a":"11'],
    ["a number with underscores", `a: ${"1_".repeat(LONG)}`, '{"a":"1_'],
    ["a number that is very small", `a: 0.${"0".repeat(LONG)}1`, '{"a":0}'],
    ["a number from its point on", `a: .${"1".repeat(LONG)}`, '{"a":0.11'],
    ["a hexadecimal number", `a: 0x${"f".repeat(LONG)}`, '{"a":"0xf'],
    ["a binary number", `a: 0b${"0".repeat(LONG)}1`, '{"a":1}'],
  ])("such as %s is resolved", (_what, yaml, start) => {
    expect(read(yaml).startsWith(start)).toBe(true);
  });

  test.each([
    ["a quote that is not closed", `a: '${"x ".repeat(LONG)}`, "found unexpected end of stream"],
    ["brackets that are not open", "]".repeat(LONG), "did not find expected node content"],
    ["a key", `${"x".repeat(LONG)}: y`, "mapping values are not allowed in this context"],
    ["directives", "%\n".repeat(LONG), "could not find expected directive name"],
    ["a fault at the end", `${"- x\n".repeat(MANY)}@`, "found character that cannot start any token"],
    ["a control character at the end", `a: ${"x".repeat(LONG)}\0`, "control characters are not allowed"],
  ])("such as %s is refused", (_what, yaml, reason) => {
    expect(refusal(yaml).reason).toBe(reason);
  });

  test("such as very many keys, items, anchors or tags is read", () => {
    expect(readYaml(lines(MANY, (i) => `k${i}: v`)).value).toHaveProperty("size", MANY);
    expect(readYaml(`{${lines(MANY, (i) => `k${i},`)}}`).value).toHaveProperty("size", MANY);
    expect(readYaml(lines(MANY, () => "a: b")).value).toHaveProperty("size", 1);
    expect(readYaml(`[${"a,".repeat(MANY)}]`).value).toHaveLength(MANY);
    expect(readYaml(lines(MANY, (i) => `- &a${i} x`)).value).toHaveLength(MANY);
    expect(readYaml(lines(MANY, (i) => `- !t${i} x`)).value).toHaveLength(MANY);
    expect(readYaml(`${lines(50_000, (i) => `%TAG !t${i}! x`)}\n---\na`).value).toBe("a");
  });

  test("is refused when it would take more memory than kcfg allows itself", () => {
    const reason = "document has more than 1048576 mappings or 4194304 values";
    expect(refusal(`[${"a,".repeat(4_194_304)}]`).reason).toBe(reason);
    expect(refusal(`[${"{},".repeat(1_048_577)}]`).reason).toBe(reason);
    expect(refusal(lines(524_289, (i) => `- &a${i}`)).reason).toBe("document has more than 524288 anchors");
    expect(refusal(lines(65_537, (i) => `%TAG !t${i}! x`)).reason).toBe(
      "document has more than 65536 %TAG directives",
    );
  });
});
