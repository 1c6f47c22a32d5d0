import type { Samples } from "../../bench/alternate.ts";
import { cpuRatio, excess, ratio } from "../../bench/report/compare.ts";
import type { Sized } from "../../bench/report/growth.ts";
import { growth, perContext } from "../../bench/report/growth.ts";
import { short } from "../../bench/report/numbers.ts";
import { fullReport } from "../../bench/report/page.ts";
import { markdownTable } from "../../bench/report/table.ts";
import { targetTable } from "../../bench/report/targets.ts";
import { between } from "../../bench/report/write-pages.ts";
import type { Result } from "../../bench/result.ts";
import { SUBJECT } from "../../bench/result.ts";

const node20 = { major: "20", version: "20.1.2", path: "node" };
const node24 = { major: "24", version: "24.3.4", path: "node" };

const times = (...walls: readonly number[]): Samples[string] =>
  walls.map((wall) => ({ wall, cpu: 10, memory: wall / 2 }));

/** A run in which kubectl took 1 s for 10,000 contexts. */
function resultWith(kcfg20: number, kcfg24: number): Result {
  return {
    machine: {
      cores: 4,
      platform: "linux x64",
      load: 0,
      nodes: [node20, node24],
      kubectl: "1.36.3",
      officialClient: "1.4.0",
    },
    commands: [1000, 10_000].map((contexts) => ({
      command: "view",
      contexts,
      files: 1,
      samples: {
        [SUBJECT.bare(node20)]: times(40),
        [SUBJECT.bare(node24)]: times(40),
        [SUBJECT.kcfg("yaml", node20)]: times(kcfg20),
        [SUBJECT.kcfg("yaml", node24)]: times(kcfg24),
        [SUBJECT.kubectl("yaml")]: times(1000),
      },
    })),
    imports: [],
    operations: [1000, 10_000].map((contexts) => ({
      operation: "decode",
      node: "20",
      contexts,
      format: "yaml",
      bytes: contexts * 2000,
      times: [contexts / 50, contexts / 50, contexts],
    })),
  };
}

describe("subjects are compared", () => {
  test("round by round, so that what burdens a round burdens both", () => {
    const samples = { a: times(10, 1000, 30), b: times(20, 2000, 60) };
    expect(ratio(samples, "a", "b", "wall")).toEqual({ median: 0.5, low: 0.5, high: 0.5 });
    expect(excess(samples, "b", "a", "memory").median).toBe(15);
  });

  test("by the mean of their CPU time, which is too coarse in single runs", () => {
    const samples = {
      a: [
        { wall: 1, cpu: 0 },
        { wall: 1, cpu: 10 },
      ],
      b: times(1, 1),
    };
    expect(cpuRatio(samples, "a", "b")).toBe(0.5);
  });
});

describe("the table of targets", () => {
  test.each([
    [50, 70, "yes"],
    [150, 170, "no"],
    [150, 90, "on 24 only"],
  ])("says of %i ms and %i ms against a second: reached, %s", (kcfg20, kcfg24, reached) => {
    const [, , row = ""] = targetTable(resultWith(kcfg20, kcfg24)).split("\n");
    const cells = row.split("|").map((cell) => cell.trim());
    expect(cells[3]).toMatch(`${(kcfg20 / 1000).toFixed(2)} (`);
    expect(cells[5]).toBe(reached);
  });

  test("leaves open what was not measured", () => {
    const row = targetTable(resultWith(1, 1))
      .split("\n")
      .find((line) => line.includes("warm"));
    expect(row).toMatch(/\| \? +\| \? +\| \? +\|$/);
  });
});

const sizes = (last: number): readonly Sized[] => [
  { contexts: 10, time: 5 },
  { contexts: 1000, time: 20 },
  { contexts: 10_000, time: last },
];

describe("time per context", () => {
  test("is told in microseconds for each size", () => {
    expect(perContext(sizes(200))).toEqual(["500", "20", "20"]);
  });

  test.each([
    [100, "× 0.5"],
    [240, "× 1.2"],
    [300, "**grows: × 1.5**"],
    [2000, "**grows: × 10.0**"],
    [Number.NaN, "?"],
  ])("is flagged where it grows: 1,000 contexts in 20 ms and 10,000 in %d ms are %s", (last, want) => {
    expect(growth(sizes(last))).toBe(want);
  });
});

test("the full report is markdown with a table for every benchmark", () => {
  const report = fullReport(resultWith(50, 60));
  expect(report).toContain("### `kcfg view` on Node.js 24.3.4");
  expect(report).toContain("| 10,000   | 1     | YAML   | 50 ms, 10 ms, 25 MiB |");
  expect(report).toContain("| `kcfg view`, Node.js 20");
  expect(report).toContain("### Functions of the library on Node.js 20.1.2");
  expect(report).toContain("| decode   | YAML   | 20 ");
});

test.each([
  [1234.5, "1,235"],
  [99.4, "99"],
  [1.26, "1.3"],
  [0.126, "0.13"],
  [0.0026, "0.003"],
  [Number.NaN, "?"],
])("%d is written as %s", (value, want) => {
  expect(short(value)).toBe(want);
});

test("tables are padded as the formatter pads them", () => {
  expect(markdownTable(["a", "long"], [["text", "b"]])).toBe(
    ["| a    | long |", "| ---- | ---- |", "| text | b    |"].join("\n"),
  );
});

const marks = (text: string): string =>
  `before\n<!-- measured by npm run bench: begin -->${text}<!-- measured by npm run bench: end -->\nafter`;

describe("a page", () => {
  test("gets new numbers between its marks, and keeps all else", () => {
    expect(between(marks("\n\nold\n\n"), "new", "page.md")).toBe(marks("\n\nnew\n\n"));
  });

  test("without marks is refused", () => {
    expect(() => between("text", "new", "page.md")).toThrow("page.md has no <!--");
  });
});
