import { alignColumns } from "../../src/go/tabwriter.ts";

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

test("neither very many lines nor very many columns are too much", () => {
  const lines = "a\tb\n".repeat(200_000);
  expect(alignColumns(lines)).toBe("a     b\n".repeat(200_000));
  expect(alignColumns(`${"\t".repeat(100_000)}x\na\tb\n`)).toBe(`${" ".repeat(600_000)}x\na     b\n`);
});
