import { Command, Option } from "commander";
import { commandPath } from "../../src/cli/pflag-command.ts";
import { findCommand } from "../../src/cobra/find-command.ts";

const program = new Command("tool")
  .addOption(new Option("--context <name>"))
  .addOption(new Option("-v, --verbose"));
program.addCommand(
  new Command("view").addOption(new Option("--raw")).addOption(new Option("-o, --output <format>")),
);
program.addCommand(new Command("get"));
const config = new Command("config").addOption(new Option("--global"));
config.addCommand(new Command("view").alias("show").addOption(new Option("--flatten")));
program.addCommand(config);

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

describe("commands are found inside commands", () => {
  test.each([
    [["config", "view"], "tool config view", []],
    [["config", "show", "x"], "tool config view", ["x"]],
    [
      ["--context", "a", "config", "--global", "view", "--flatten"],
      "tool config view",
      ["--context", "a", "--global", "--flatten"],
    ],
    [["config", "--context", "view", "view"], "tool config view", ["--context", "view"]],
    [["config", "--flatten", "view"], "tool config", ["--flatten", "view"]],
    [["config", "nope", "view"], "tool config", ["nope", "view"]],
    [["config", "--", "view"], "tool config", ["--", "view"]],
    [["config"], "tool config", []],
  ])("%j calls %s", (argv, path, rest) => {
    const found = findCommand(program, argv);
    expect([commandPath(found.command), found.rest]).toEqual([path, rest]);
  });
});
