import { codeSpansOf, findBlocks, proseOf } from "./markdown.ts";

const page = [
  "# A page with `code`",
  "```ts file=a.ts KUBECONFIG=b",
  "`not prose`",
  "```",
  "",
  "```text",
  "printed",
  "```",
  "and ``a ` b``",
  "   ```",
  "   indented",
  "   ```",
  "",
].join("\n");

describe("reading pages", () => {
  test("finds blocks with their language, attributes, place and what follows them", () => {
    const [program, output, indented] = findBlocks("p.md", page);
    expect(program).toMatchObject({ language: "ts", text: "`not prose`\n", place: "p.md:2", next: output });
    expect([...(program?.attributes ?? [])]).toEqual([
      ["file", "a.ts"],
      ["KUBECONFIG", "b"],
    ]);
    expect(output).toMatchObject({ language: "text", text: "printed\n", next: undefined });
    expect(indented).toMatchObject({ language: "", text: "indented\n", place: "p.md:10" });
  });

  test("refuses a block that does not end", () => {
    expect(() => findBlocks("p.md", "```ts\n")).toThrow("p.md:1: this fence has no other one");
  });

  test("tells code in the prose from blocks", () => {
    expect(codeSpansOf(page)).toEqual([
      { code: "code", line: 1 },
      { code: "a ` b", line: 9 },
    ]);
    expect(proseOf(page).split("\n")).toHaveLength(page.split("\n").length);
  });
});
