import { readFileSync } from "node:fs";
import { join } from "node:path";
import { manPage } from "../../scripts/man-page-text.ts";
import { COMMANDS } from "../../src/cli/command-list.ts";
import { repositoryFolder } from "../support/run-bin.ts";

const file = readFileSync(join(repositoryFolder, "man/kcfg.1"), "utf8").replaceAll("\r\n", "\n");

describe("the man page", () => {
  test("says what the commands say; if not, npm run man writes it anew", async () => {
    expect(file).toBe(await manPage());
  });

  test("tells of every command", () => {
    for (const { name } of COMMANDS.filter((each) => each.name !== "kuberc")) {
      expect(file).toContain(`\n.SS "kcfg ${name.replaceAll("-", "\\-")}"\n`);
    }
    expect(file).toContain('\n.SS "kcfg kuberc set"\n');
  });

  test("is plain ASCII, and no line of text is taken for a macro", () => {
    expect(/[^\n -~]/.exec(file)).toBeNull();
    const macros = new Set(file.match(/^[.']\w*/gm));
    expect([...macros].filter((macro) => !MACROS.has(macro))).toEqual([]);
  });
});

const MACROS = new Set([".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".I", ".BR", ".RI", ".br", ".nf", ".fi"]);
