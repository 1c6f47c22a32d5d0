import { alignColumns } from "../../src/cli/printers/table.ts";

describe("columns are aligned as kubectl's tab writer does", () => {
  test.each([
    ["a\tb\nccccccc\td\n", "a         b\nccccccc   d\n"],
    ["a\tb\n", "a     b\n"],
    ["CURRENT\tNAME\n*\tx\n", "CURRENT   NAME\n*         x\n"],
    ["a\t\t\n", "a           \n"],
    ["plain\n", "plain\n"],
    ["", ""],
    ["é\tb\n日本\tc\n", "é     b\n日本    c\n"],
  ])("%j", (text, want) => {
    expect(alignColumns(text)).toBe(want);
  });
});
