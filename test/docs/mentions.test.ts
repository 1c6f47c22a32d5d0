import type { Command } from "commander";
import { NOWHERE } from "../../src/cli/output.ts";
import { COMMANDS } from "../../src/cli/command-list.ts";
import { createProgram } from "../../src/cli/program.ts";
import { fakeHost } from "../support/fake-host.ts";
import { codeSpansOf, pages, readPage } from "../support/markdown.ts";
import { FOREIGN_FLAGS } from "./exceptions.ts";

// Commands and flags that a page only speaks of are not run; but they must exist.

/** The commands of `kubectl config`, and those of kubectl that kcfg has, too. */
const KUBECTL: ReadonlySet<string> = new Set(
  (
    "current-context delete-cluster delete-context delete-user get-clusters get-contexts get-users rename-context " +
    "set set-cluster set-context set-credentials unset use-context view completion help kuberc options version"
  ).split(" "),
);

/** The command that words name, and the words that are left: `kuberc set --section x` names `kuberc set`. */
function follow(command: Command, words: readonly string[]): readonly [Command, readonly string[]] {
  const [word = "", ...rest] = words;
  const found = command.commands.find((each) => each.name() === word || each.aliases().includes(word));
  return found === undefined ? [command, words] : follow(found, rest);
}

function flagsIn(words: readonly string[]): readonly string[] {
  return words.map((word) => /^\[?(--?[A-Za-z][\w-]*)/.exec(word)?.[1]).filter((flag) => flag !== undefined);
}

function has(command: Command, flag: string): boolean {
  return command.options.some(({ long, short }) => long === flag || short === flag.slice(0, 2));
}

/** Whether words begin with a command, or with a part of the names of some (`rename-…`). */
function namesCommand(program: Command, [word = ""]: readonly string[]): boolean {
  const [start = "", rest] = word.split("…");
  return (
    /^[-<[]/.test(word) ||
    word === "" ||
    program.commands.some((each) =>
      rest === undefined
        ? each.name() === word || each.aliases().includes(word)
        : each.name().startsWith(start),
    )
  );
}

describe.each(pages())("%s", (page) => {
  const spans = codeSpansOf(readPage(page));
  let program: Command;
  let all: readonly Command[] = [];
  beforeAll(async () => {
    program = await createProgram(fakeHost(), NOWHERE, "kcfg", () => true);
    all = [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)];
  });

  test("speaks of commands and flags that kcfg has", () => {
    const wrong = spans
      .filter(({ code }) => /^(kubectl )?kcfg( |$)/.test(code))
      .filter(({ code }) => {
        const words = code
          .replace(/^kubectl /, "")
          .split(/ +/)
          .slice(1);
        const [command, rest] = follow(program, words);
        return !namesCommand(program, words) || !flagsIn(rest).every((flag) => has(command, flag));
      });
    expect(wrong.map(({ code, line }) => `${page}:${line}: ${code}`)).toEqual([]);
  });

  test("speaks of no flag that no command has", () => {
    const wrong = spans
      .filter(({ code }) => code.startsWith("--"))
      .filter(({ code }) =>
        flagsIn(code.split(/[ ,]+/)).some(
          (flag) => !(flag in FOREIGN_FLAGS) && !all.some((command) => has(command, flag)),
        ),
      );
    expect(wrong.map(({ code, line }) => `${page}:${line}: ${code}`)).toEqual([]);
  });
});

describe("every command", () => {
  const names = COMMANDS.map(({ name }) => name);

  test("is in the README", () => {
    const spans = codeSpansOf(readPage("README.md")).map(({ code }) => code.replace(/^kcfg /, ""));
    const isTold = (name: string): boolean =>
      spans.some(
        (span) => span.split(" ")[0] === name || (span.endsWith("-…") && name.startsWith(span.slice(0, -1))),
      );
    expect(names.filter((name) => !isTold(name))).toEqual([]);
  });

  test("that kubectl does not have is in docs/differences.md", () => {
    const [, besides = ""] = readPage("docs/differences.md").split("\n## What kcfg has besides\n");
    const told = new Set(codeSpansOf(besides).map(({ code }) => code));
    expect(names.filter((name) => !KUBECTL.has(name) && !told.has(name))).toEqual([]);
  });
});
