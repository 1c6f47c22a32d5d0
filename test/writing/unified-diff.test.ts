import { array, assert, boolean, constantFrom, property, tuple } from "fast-check";
import { unifiedDiff } from "../../src/writing/unified-diff.ts";

const names = { from: "a", to: "b" };

/** Applies a unified diff, checking every line that it says is there. */
function patch(text: string, diff: string): string {
  const lines = text.split(/(?<=\n)/);
  const result: string[] = [];
  let at = 0;
  for (const hunk of diff.split(/^(?=@@ )/m).slice(1)) {
    const [head = "", ...body] = hunk.split(/(?<=\n)(?!\\)/);
    const [, start = "0", length = "1"] = /^@@ -(\d+)(?:,(\d+))? /.exec(head) ?? [];
    const begin = Number(start) - (length === "0" ? 0 : 1);
    result.push(...lines.slice(at, begin));
    at = begin;
    for (const line of body) {
      const content = line.slice(1).replace(/\n\\ No newline at end of file\n$/, "");
      if (!line.startsWith("+")) {
        expect(lines[at]).toBe(content);
        at += 1;
      }
      if (!line.startsWith("-")) {
        result.push(content);
      }
    }
  }
  return [...result, ...lines.slice(at)].join("");
}

describe("a unified diff", () => {
  test("turns one text into the other, whatever they are", () => {
    const line = constantFrom("a", "b", "c", "d e", "");
    const text = tuple(array(line, { maxLength: 30 }), boolean()).map(
      ([lines, ended]) => lines.join("\n") + (ended && lines.length > 0 ? "\n" : ""),
    );
    assert(
      property(text, text, (from, to) => {
        expect(patch(from, unifiedDiff(from, to, names))).toBe(to);
      }),
      { numRuns: 500 },
    );
  });

  test("is what diff -u prints", () => {
    const from = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
    const to = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n11\n12\n13";
    expect(unifiedDiff(from, to, names)).toBe(
      "--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -10,3 +10,4 @@\n 10\n 11\n 12\n+13\n\\ No newline at end of file\n",
    );
  });

  test("of the same texts is empty", () => {
    expect(unifiedDiff("a\n", "a\n", names)).toBe("");
  });
});
