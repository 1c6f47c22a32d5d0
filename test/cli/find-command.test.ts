import { Command, Option } from "commander";
import { findCommand } from "../../src/cli/find-command.ts";

const program = new Command("tool")
  .addOption(new Option("--context <name>"))
  .addOption(new Option("-v, --verbose"));
program.addCommand(
  new Command("view").addOption(new Option("--raw")).addOption(new Option("-o, --output <format>")),
);
program.addCommand(new Command("get"));

describe("the command is the first argument that is neither a flag nor the value of one", () => {
  test.each([
    [["view"], "view", []],
    [["view", "get"], "view", ["get"]],
    [["--context", "get", "view"], "view", ["--context", "get"]],
    [["--context=get", "view"], "view", ["--context=get"]],
    [["-v", "view"], "view", ["-v"]],
    [["--raw", "x", "view"], "view", ["--raw", "x"]],
    [["-o", "json", "view"], "view", ["-o", "json"]],
    [["-ojson", "view"], "view", ["-ojson"]],
    [["--unknown", "get", "view"], "view", ["--unknown", "get"]],
    [["view", "--context", "view"], "view", ["--context", "view"]],
  ])("%j", (argv, name, rest) => {
    const found = findCommand(program, argv);
    expect([found.command.name(), found.rest]).toEqual([name, rest]);
  });

  test.each([
    [[]],
    [["--raw", "view"]],
    [["nope"]],
    [["--", "view"]],
    [["--context", "view"]],
    [["nope", "view"]],
  ])("%j calls no command", (argv) => {
    expect(findCommand(program, argv)).toEqual({ command: program, rest: argv });
  });
});
