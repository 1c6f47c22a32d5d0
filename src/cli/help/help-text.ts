import type { Command, Option } from "commander";
import { commandPath, PflagCommand } from "../pflag-command.ts";
import { isGlobalFlag } from "../global-flags.ts";
import { flagLines } from "./flag-lines.ts";
import { HELP_WIDTH, twoColumns, wrapText } from "./wrap.ts";

/** The heading where no command has a group. */
const ONLY_HEADING = "Available Commands:";

/** Formats the help of a command, in kubectl's order: description, examples, subcommands, flags, usage. */
export function helpText(command: Command): string {
  const program = rootOf(command).name();
  const own = command.options.filter((option) => !option.hidden);
  const sections = [
    wrapText(command.description()),
    aliases(command),
    ...(command instanceof PflagCommand ? command.helpSections.map((text) => calledAs(text, program)) : []),
    ...commandGroups(command),
    flagSection(
      "Options:",
      own.filter((option) => !isGlobalFlag(option)),
    ),
    // The help of the program does not list what `options` lists.
    command.parent === null ? "" : flagSection("Global Options:", own.filter(isGlobalFlag)),
    `Usage:\n${wrapUsage(usage(command))}`,
    pointers(command, program),
  ];
  return `${sections
    .map((section) => section.trim())
    .filter((section) => section !== "")
    .join("\n\n")}\n`;
}

/** Returns the usage line of a command: `kcfg use-context <context> [options]`. */
export function usage(command: Command): string {
  const path = commandPath(command);
  if (command.commands.length > 0) {
    return command.parent === null ? `${path} [command] [options]` : `${path} SUBCOMMAND [options]`;
  }
  const operands = command
    .usage()
    .replaceAll(/\[options\]|\[command\]/g, "")
    .replaceAll(/ {2,}/g, " ");
  return [path, operands.trim(), "[options]"].filter((part) => part !== "").join(" ");
}

/** Wraps a long line at a space, or else after a bar. */
function wrapUsage(text: string): string {
  const lines = [" "];
  for (const word of text.split(/ |(?<=\|)/)) {
    const line = lines.at(-1) ?? "";
    const longer = line.endsWith("|") ? line + word : `${line} ${word}`;
    if (longer.length > HELP_WIDTH) {
      lines.push(`     ${word}`);
    } else {
      lines[lines.length - 1] = longer;
    }
  }
  return lines.join("\n");
}

function aliases(command: Command): string {
  const names = command.aliases();
  return names.length === 0 ? "" : `Aliases:\n  ${[command.name(), ...names].join(", ")}`;
}

/** Replaces the name in examples by the program's own. */
function calledAs(text: string, program: string): string {
  return text.replaceAll(/^( *(?:[^#\n]*\| )?)kcfg /gm, `$1${program} `);
}

/** Lists the commands under the headings of their groups. Where some have a group, those without are not listed. */
function commandGroups({ commands }: Command): readonly string[] {
  const width = Math.max(0, ...commands.map((each) => each.name().length));
  const headings = new Set(commands.map((each) => each.helpGroup()));
  const listed = headings.size > 1 ? [...headings].filter((heading) => heading !== "") : [...headings];
  return listed.map((heading) => {
    const group = commands.filter((each) => each.helpGroup() === heading);
    const rows = group.map((each) => [each.name(), each.summary()] as const);
    return `${heading || ONLY_HEADING}\n${twoColumns(rows, width)}`;
  });
}

function flagSection(title: string, options: readonly Option[]): string {
  return options.length === 0 ? "" : `${title}\n${flagLines(options)}`;
}

function pointers(command: Command, program: string): string {
  const more =
    command.commands.length === 0
      ? ""
      : wrapText(
          `Use "${commandPath(command)} <command> --help" for more information about a given command.`,
        );
  const options = wrapText(
    `Use "${program} options" for a list of global command-line options (applies to all commands).`,
  );
  return [more, options].filter((text) => text !== "").join("\n");
}

function rootOf(command: Command): Command {
  return command.parent === null ? command : rootOf(command.parent);
}
