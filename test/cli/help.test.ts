import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { COMMANDS } from "../../src/cli/command-list.ts";
import { NOWHERE } from "../../src/cli/output.ts";
import { main } from "../../src/cli/main.ts";
import { helpText } from "../../src/cli/help/help-text.ts";
import { commandPath, PflagCommand } from "../../src/cli/pflag-command.ts";
import { createProgram } from "../../src/cli/program.ts";
import { fakeHost } from "../support/fake-host.ts";
import { repositoryFolder } from "../support/run-bin.ts";

async function run(argv: readonly string[], name = "kcfg") {
  const text = { out: "", err: "" };
  const streams = {
    out: { write: (more: string | Uint8Array) => void (text.out += String(more)) },
    err: { write: (more: string) => void (text.err += more) },
  };
  return { exitCode: await main(fakeHost(), streams, argv, name), ...text };
}

const everyCommand = async (): Promise<readonly Command[]> => {
  const withThoseBelow = (command: Command): readonly Command[] => [
    command,
    ...command.commands.flatMap(withThoseBelow),
  ];
  return withThoseBelow(await createProgram(fakeHost(), NOWHERE, "kcfg", () => true));
};

describe("the help of every command", () => {
  let commands: readonly Command[] = [];
  beforeAll(async () => {
    commands = await everyCommand();
  });

  const faultsOf = (find: (command: Command, help: string) => unknown): readonly string[] =>
    commands
      .filter((command) => find(command, helpText(command)) === true)
      .map((command) => commandPath(command));

  test("begins with what it does", () => {
    expect(faultsOf((command) => !/^[A-Z].*?\.(?:\s|$)/s.test(command.description()))).toEqual([]);
  });

  test("has a summary where it is listed", () => {
    expect(
      faultsOf((command) => command.parent !== null && !/^[A-Z].*[^.]$/.test(command.summary())),
    ).toEqual([]);
  });

  test("shows how it is called", () => {
    expect(faultsOf((command, help) => !help.includes(`\nUsage:\n  ${commandPath(command)} `))).toEqual([]);
  });

  test("has an example that calls it", () => {
    expect(faultsOf((command, help) => !calls(command, help))).toEqual([]);
  });

  test("tells what each of its flags does", () => {
    expect(
      faultsOf((command) => command.options.some(({ description }) => !/^[A-Z].*\.$/s.test(description))),
    ).toEqual([]);
  });

  test("is 80 columns wide", () => {
    expect(faultsOf((_command, help) => help.split("\n").some((line) => line.length > 80))).toEqual([]);
  });

  test("tells exit codes where they are special", () => {
    const SPECIAL = new Set(["kcfg check-plugins", "kcfg doctor", "kcfg use-context"]);
    expect(
      faultsOf((command, help) => SPECIAL.has(commandPath(command)) && !help.includes("Exit codes: 0")),
    ).toEqual([]);
  });

  test("ends with where all options are told", () => {
    expect(
      faultsOf(
        (_command, help) =>
          !help.endsWith(
            'Use "kcfg options" for a list of global command-line options (applies to all\ncommands).\n',
          ),
      ),
    ).toEqual([]);
  });
});

describe("help is shown", () => {
  test("by kcfg help as by --help", async () => {
    for (const words of [[], ["view"], ["use"], ["kuberc"], ["kuberc", "set"]]) {
      const { out, err, exitCode } = await run(["help", ...words]);
      expect({ err, exitCode }).toEqual({ err: "", exitCode: 0 });
      expect(await run([...words, "--help"])).toEqual({ out, err: "", exitCode: 0 });
    }
  });

  test("of nothing that does not exist", async () => {
    expect(await run(["help", "kuberc", "nope"])).toEqual({
      out: "",
      err: "error: unknown command \"kuberc nope\"\nSee 'kcfg -h' for help and examples\n",
      exitCode: 1,
    });
  });

  test("with the name by which the program was called", async () => {
    const { out } = await run(["import", "-h"], "kubectl kcfg");
    expect(out).toContain("  kubectl kcfg import ~/Downloads/cluster.yaml\n");
    expect(out).toContain("| kubectl kcfg import -");
    expect(out).toContain("Usage:\n  kubectl kcfg import <file...> [options]\n");
    expect(out).toContain('Use "kubectl kcfg options" for');
  });

  test("in kubectl's order", async () => {
    const { out } = await run(["use-context", "-h"]);
    expect(out.match(/^[A-Z][\w ]*(?=:$)/gm)).toEqual([
      "Aliases",
      "Examples",
      "Options",
      "Global Options",
      "Usage",
    ]);
  });

  test("with the values that a flag takes", async () => {
    const { out } = await run(["kuberc", "set", "-h"]);
    expect(out).toContain("    --policy='':\n        Plugin policy. One of: AllowAll, DenyAll, Allowlist.\n");
  });

  test("before the error, where a command got arguments that it does not take", async () => {
    const { out, err, exitCode } = await run(["use-context"]);
    expect(out).toBe((await run(["use-context", "-h"])).out);
    expect({ err, exitCode }).toEqual({ err: "error: Unexpected args: []\n", exitCode: 1 });
  });
});

describe("kcfg alone", () => {
  test("shows five groups", async () => {
    const groups = new Set((await listedCommands()).map(([group]) => group));
    expect([...groups]).toEqual(["Everyday", "Look", "Edit", "Security", "Scripts"]);
  });

  test("shows every command once, on one line", async () => {
    const lines = (await listedCommands()).map(([, line]) => line);
    expect(lines.filter((line) => line.length > 80 || !/^ {2}[a-z-]+ {3,}[A-Z]/.test(line))).toEqual([]);
    // `help` and `options` are named below the list, as in kubectl.
    expect(lines.map(firstWord)).toEqual(
      COMMANDS.map(({ name }) => name).filter((name) => name !== "help" && name !== "options"),
    );
  });

  test("shows what the decision page lists, and no more", async () => {
    const page = readFileSync(join(repositoryFolder, "docs/decisions/0015-five-groups.md"), "utf8");
    const rows = page.matchAll(/^\| `([a-z-]+)` +\| (\w+) +\| \S/gm);
    expect((await listedCommands()).map(([group, line]) => [firstWord(line), group])).toEqual(
      Array.from(rows, ([, name, group]) => [name, group]),
    );
  });
});

test("kcfg options lists every global option and hides none", async () => {
  const { out } = await run(["options"]);
  const listed = [...out.matchAll(/^ {4}(?:-\w, )?(--[\w-]+)=/gm)].map(([, name]) => name);
  const [program] = await everyCommand();
  const global = program?.options.map(({ long }) => long).filter((long) => long !== "--version");
  expect(listed).toEqual(global?.toSorted());
});

describe("kcfg version", () => {
  test("tells the versions of kcfg and Node, and the platform", async () => {
    expect((await run(["version"])).out).toMatch(
      /^Client Version: v\d+\.\d+\.\d+\nNode Version: v20\.19\.0\nPlatform: linux\/amd64\n$/,
    );
  });

  test("has the shape of kubectl's as JSON and YAML", async () => {
    const { out } = await run(["version", "--client", "-o", "json"]);
    const [, version = ""] = /"gitVersion": "v(.*)"/.exec(out) ?? [];
    const [major, minor] = version.split(".");
    expect(JSON.parse(out)).toEqual({
      clientVersion: {
        major,
        minor,
        gitVersion: `v${version}`,
        nodeVersion: "v20.19.0",
        platform: "linux/amd64",
      },
    });
    expect((await run(["version", "-o", "yaml"])).out).toContain(`  gitVersion: v${version}\n`);
    expect((await run(["--version"])).out).toBe(`${version}\n`);
  });

  test.each([
    [["-o", "xml"], "error: --output must be 'yaml' or 'json'\n"],
    [["1.36"], "error: extra arguments: [1.36]\n"],
  ])("refuses %j in kubectl's words", async (argv, err) => {
    expect(await run(["version", ...argv])).toEqual({ out: "", err, exitCode: 1 });
  });
});

test("a usage that is too long is broken behind a bar", () => {
  const command = new PflagCommand("tool").usage(`[${"choice|".repeat(15)}last] <more>`);
  expect(helpText(command)).toContain(
    `Usage:\n  tool [${"choice|".repeat(10)}\n     ${"choice|".repeat(5)}last] <more> [options]\n`,
  );
});

test("text that is added to a command's help stands in its help", () => {
  const command = new PflagCommand("tool").description("A tool.").addHelpText("after", () => "More:\n  text");
  expect(helpText(command)).toContain("A tool.\n\nMore:\n  text\n");
});

/** Whether there is an example, and one that calls the command. */
function calls(command: Command, help: string): boolean {
  return new RegExp(
    `^Examples:\\n  # .*\\n(?:.*\\n)*? .*\\b${command.parent === null ? "kcfg" : commandPath(command)}\\b`,
    "m",
  ).test(help);
}

/** The lines of the list that `kcfg` alone shows, each with its group. */
async function listedCommands(): Promise<readonly (readonly [group: string, line: string])[]> {
  const { err } = await run([]);
  const groups = err.matchAll(/^(?!Usage)(\w+):\n((?: {2}[a-z].*\n)+)/gm);
  return [...groups].flatMap(([, group = "", lines = ""]) =>
    lines
      .trimEnd()
      .split("\n")
      .map((line) => [group, line] as const),
  );
}

function firstWord(line: string): string {
  return /[\w-]+/.exec(line)?.[0] ?? "";
}
