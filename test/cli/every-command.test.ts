import type { Command, Option } from "commander";
import { NOWHERE } from "../../src/cli/output.ts";
import { COMMANDS } from "../../src/cli/command-list.ts";
import { globalFlags } from "../../src/cli/global-flags.ts";
import { commandPath } from "../../src/cli/pflag-command.ts";
import { CommandStub, createProgram } from "../../src/cli/program.ts";
import { findCommand } from "../../src/cobra/find-command.ts";
import { fakeHost } from "../support/fake-host.ts";

function commandsBelow(command: Command): readonly Command[] {
  return command.commands.flatMap((each) => [each, ...commandsBelow(each)]);
}

/** Ways to give a flag, with what it is then. kubectl's `set-cluster` has a `--server` of its own, without a letter. */
const SPELLINGS: Readonly<Record<string, (flag: Flag) => readonly string[]>> = {
  "after an equals sign": ({ long, given }) => [`${long}=${given}`],
  "alone or in two arguments": ({ long, given, option }) => (option.required ? [long, given] : [long]),
  "by their letters": ({ long, short, given }) =>
    short === undefined ? [`${long}=${given}`] : [short + given],
};

interface Flag {
  readonly option: Option;
  readonly long: string;
  readonly short: string | undefined;
  readonly given: string;
  readonly value: unknown;
}

const SAMPLES: Readonly<Record<string, readonly [given: string, value: unknown]>> = {
  "--v": ["1", 1],
  "--vmodule": ["a=1", "a=1"],
  "--log-flush-frequency": ["1s", "1s"],
  "--as-group": ["a,b", ["a,b"]],
  "--as-user-extra": ["k=v", ["k=v"]],
};

/** The global flags, as a command has them. */
function flagsOf(command: Command): readonly Flag[] {
  const names = new Set(globalFlags().map(({ long }) => long));
  return command.options
    .filter(({ long }) => long !== "--help" && names.has(long))
    .map((option) => {
      const long = option.long ?? "";
      const [given, value] = SAMPLES[long] ?? (option.required ? ["-value", "-value"] : ["true", true]);
      return { option, long, short: option.short, given, value };
    });
}

const PATHS = [...COMMANDS.map(({ name }) => name), "kuberc view", "kuberc set", "kuberc undo"].map(
  (words) => [words] as const,
);

const wholeProgram = () => createProgram(fakeHost(), NOWHERE, "kcfg", () => true);

test("these are all commands", async () => {
  const paths = commandsBelow(await wholeProgram()).map((command) =>
    commandPath(command).replace("kcfg ", ""),
  );
  expect(paths.toSorted()).toEqual(PATHS.map(([words]) => words).toSorted());
});

test.each(PATHS)("kcfg %s has every global flag", async (words) => {
  const { command } = findCommand<Command>(await wholeProgram(), words.split(" "));
  expect(
    flagsOf(command)
      .map(({ long }) => long)
      .toSorted(),
  ).toEqual(
    globalFlags()
      .map(({ long }) => long ?? "")
      .filter((long) => long !== "--help")
      .toSorted(),
  );
});

describe.each(Object.entries(SPELLINGS))("global flags given %s", (_name, spell) => {
  test.each(PATHS)("stand before, between and behind the words of kcfg %s", async (text) => {
    const words = text.split(" ");
    const flags = flagsOf(findCommand<Command>(await wholeProgram(), words).command);
    for (let at = 0; at <= words.length; at++) {
      const argv = words.toSpliced(at, 0, ...flags.flatMap(spell));
      const found = findCommand<Command>(await wholeProgram(), argv);
      expect(commandPath(found.command)).toBe(`kcfg ${text}`);
      expect(found.command.parseOptions([...found.rest]).operands).toEqual([]);
      expect(found.command.opts()).toMatchObject(
        Object.fromEntries(flags.map(({ option, value }) => [option.attributeName(), value])),
      );
    }
  });

  test.each(PATHS)("lead to kcfg %s before its module is loaded", async (text) => {
    const [name = "", ...more] = text.split(" ");
    const flags = flagsOf(findCommand<Command>(await wholeProgram(), [name, ...more]).command);
    const outline = await createProgram(fakeHost(), NOWHERE, "kcfg", () => false);
    for (const argv of [
      [...flags.flatMap(spell), name],
      [name, ...flags.flatMap(spell)],
    ]) {
      const { command } = findCommand<Command>(outline, argv);
      expect(command).toBeInstanceOf(CommandStub);
      expect(command.name()).toBe(name);
    }
  });
});
