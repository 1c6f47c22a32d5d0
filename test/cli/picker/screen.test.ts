import { readFileSync } from "node:fs";
import { join } from "node:path";
import { escapeUnprintable } from "../../../src/go/printable-text.ts";
import { fit, shareOut, widthOf } from "../../../src/cli/picker/columns.ts";
import { cursorColumn, listHeight, screenLines, wantedWidths } from "../../../src/cli/picker/screen.ts";
import type { PickerChoice } from "../../../src/cli/picker/state.ts";
import { press, startPicking } from "../../../src/cli/picker/state.ts";
import { repositoryFolder } from "../../support/run-bin.ts";

const CHOICE: PickerChoice = {
  title: "Switch to context",
  headers: ["NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"],
  items: [
    { name: "laptop", details: ["laptop", "admin", ""] },
    { name: "production", details: ["production", "developer", "shop"] },
    { name: "staging", details: ["staging", "developer", "shop"] },
  ],
  current: 2,
};

const plainly = (text: string): string => text;

function screen(
  choice: PickerChoice,
  typed: string,
  size: { readonly columns: number; readonly rows: number },
) {
  const start = startPicking(choice, listHeight(size));
  const state = Array.from(typed).reduce((before, text) => press(before, { key: "text", text }), start);
  return screenLines(state, wantedWidths(choice), size, plainly);
}

test("the screen shows the filter, the table, the selected and the current context", () => {
  expect(screen(CHOICE, "", { columns: 80, rows: 24 })).toEqual([
    "Switch to context: ",
    "    NAME         CLUSTER      AUTHINFO    NAMESPACE",
    "    laptop       laptop       admin",
    "    production   production   developer   shop",
    "> * staging      staging      developer   shop",
    "3 of 3   enter: switch   esc: leave as it is   type to filter",
  ]);
  expect(screen(CHOICE, "od", { columns: 80, rows: 24 })).toEqual([
    "Switch to context: od",
    "    NAME         CLUSTER      AUTHINFO    NAMESPACE",
    ">   production   production   developer   shop",
    "1 of 1 (3 in all)   enter: switch   esc: leave as it is   type to filter",
  ]);
  expect(screen(CHOICE, "zz", { columns: 80, rows: 24 }).slice(2)).toEqual([
    "    nothing matches",
    "0 of 0 (3 in all)   enter: switch   esc: leave as it is   type to filter",
  ]);
});

test("the README shows the screen of the files in examples", () => {
  const readme = readFileSync(join(repositoryFolder, "README.md"), "utf8").replaceAll("\r\n", "\n");
  const [, shown] = /^```text\n(Switch to context:.*?)^```$/ms.exec(readme) ?? [];
  const lines = screen(CHOICE, "", { columns: 80, rows: 24 }).map((line) => `${line.trimEnd()}\n`);
  expect(shown).toBe(lines.join(""));
});

describe("the screen fits on the terminal", () => {
  const wide: PickerChoice = {
    ...CHOICE,
    items: Array.from({ length: 100 }, (_, i) => ({
      name: `arn:aws:eks:eu-west-1:123456789012:cluster/${"\u65e5\u672c".repeat(i % 40)}`,
      details: ["c".repeat(i), "\u001b[31m", "e\u0301\ud83d\ude00".repeat(i % 30)],
    })),
  };

  test.each([
    [80, 24],
    [40, 10],
    [20, 4],
    [200, 60],
  ])("of %d columns and %d rows", (columns, rows) => {
    const lines = screen(wide, "a", { columns, rows });
    expect(lines.length).toBeLessThanOrEqual(rows);
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    // eslint-disable-next-line no-control-regex -- control characters are what must not be there
    expect(lines.join("")).not.toMatch(/[\0-\x1f\x7f-\x9f]/);
  });

  test("with the end of a long filter and the cursor in it", () => {
    const size = { columns: 30, rows: 10 };
    const start = startPicking(CHOICE, 5);
    const state = Array.from("a very long filter indeed").reduce(
      (before, text) => press(before, { key: "text", text }),
      start,
    );
    expect(screenLines(state, wantedWidths(CHOICE), size, plainly)[0]).toBe("Switch to context: ter indeed");
    expect(cursorColumn(state, size)).toBeLessThan(30);
  });
});

describe("columns", () => {
  test.each([
    ["abc", 3],
    ["\u65e5\u672c", 4],
    ["e\u0301", 1],
    ["\ud83d\ude00", 2],
    ["\u00e9", 1],
    ["", 0],
  ])("%j is wide", (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  test.each([
    ["abc", 5, "abc  "],
    ["abcdef", 4, "abc…"],
    ["\u65e5\u672c\u8a9e", 4, "\u65e5… "],
    ["abc", 0, ""],
  ])("%j fits in %d", (text, width, fitted) => {
    expect(fit(text, width)).toBe(fitted);
  });

  test("are shared out, so that the narrow ones stay whole", () => {
    expect(shareOut([10, 5], 80, 3)).toEqual([10, 5]);
    expect(shareOut([100, 5, 100], 56, 3)).toEqual([23, 5, 22]);
    expect(shareOut([100, 100], 3, 3)).toEqual([0, 0]);
  });

  test("show control characters by their numbers", () => {
    expect(escapeUnprintable("a\u001b[2J\n\u202e\\")).toBe("a\\x1b[2J\\n\\u202e\\");
  });
});
