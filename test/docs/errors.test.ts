import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as exitCodes from "../../src/cli/exit-code.ts";
import { blocksOf, readPage } from "../support/markdown.ts";
import { repositoryFolder } from "../support/run-bin.ts";

const page = readPage("docs/errors.md");
const source = readFileSync(join(repositoryFolder, "src/errors.ts"), "utf8");

function matches(text: string, pattern: RegExp): readonly (readonly string[])[] {
  return [...text.matchAll(pattern)].map((match) => match.slice(1).map((group) => group ?? ""));
}

const [union = ""] = /type KcfgErrorCode =[^;]*/.exec(source) ?? [];
const codes = matches(union, /"(\w+)"/g).map(([code = ""]) => code);

/** The classes as `src/errors.ts` has them: code, class, own fields. */
const classes = source
  .split(/^export class /m)
  .slice(1)
  .map((text) => text.slice(0, text.search(/^}/m)))
  .map((text) => [
    /readonly code = "(\w+)"/.exec(text)?.[1],
    /^\w+/.exec(text)?.[0],
    matches(text, /^ {2}readonly (\w+):/gm).flat(),
  ]);

describe("the page on errors", () => {
  test("lists every code with its class and fields, and nothing else", () => {
    const rows = matches(page, /^\| \[`(\w+)`\]\(#\w+\) +\| `(\w+)` +\| (.*?) *\|$/gm);
    const listed = rows.map(([code, name, fields = ""]) => [code, name, matches(fields, /`(\w+)`/g).flat()]);
    expect(listed).toEqual(classes);
    expect(listed.map(([code]) => code)).toEqual(codes);
  });

  test.each(codes)("shows how %s comes about", (code) => {
    const [, rest = ""] = page.split(`\n### ${code}\n`);
    const [section = ""] = rest.split(/^##/m);
    expect(section).toContain("What to do: ");
    const shown = blocksOf("docs/errors.md").filter(({ text }) => section.includes(text));
    // Those blocks are run with all others of the page.
    expect(shown.some(({ text }) => new RegExp(`^ *${code}: `, "m").test(text))).toBe(true);
  });

  test("has no section for anything else", () => {
    expect(matches(page, /^### (.*)$/gm).flat()).toEqual(codes);
  });

  test("lists every function that looks into errors", () => {
    const names = matches(source, /^export function (is\w+)/gm).flat();
    expect(
      matches(page, /^\| `(is\w+)\(error\)`/gm)
        .flat()
        .toSorted(),
    ).toEqual(names.toSorted());
  });

  const exits = matches(page, /^\| (\d+) +\| (.*?) *\|$/gm);

  test("lists the exit codes, and nothing else", () => {
    const values = new Set(Object.values(exitCodes).filter((value) => typeof value === "number"));
    expect(exits.map(([code]) => Number(code))).toEqual([...values].toSorted((a, b) => a - b));
  });

  test("names the commands that have exit codes of their own", () => {
    const folder = join(repositoryFolder, "src/cli/commands");
    const commands = readdirSync(folder)
      .filter(
        (name) => readFileSync(join(folder, name), "utf8").search(/EXIT_UNDECIDED|ExitCodeCommand/) >= 0,
      )
      .map((name) => name.replace(".ts", ""));
    const row = exits.find(([code]) => code === "2")?.[1] ?? "";
    expect(
      matches(row, /`kcfg ([\w-]+)`/g)
        .flat()
        .toSorted(),
    ).toEqual(commands.toSorted());
  });
});
