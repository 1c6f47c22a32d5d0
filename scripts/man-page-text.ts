import type { Command, Option } from "commander";
import { NOWHERE } from "../src/cli/output.ts";
import { isGlobalFlag } from "../src/cli/global-flags.ts";
import { usage } from "../src/cli/help/help-text.ts";
import { commandPath, PflagCommand } from "../src/cli/pflag-command.ts";
import { placeholderOf } from "../src/cli/placeholder.ts";
import { createProgram } from "../src/cli/program.ts";
import { nodeHost } from "../src/host/node-host.ts";
import { VERSION } from "../src/package-version.ts";

/** Returns the man page of kcfg, in the macros of man(7). */
export async function manPage(): Promise<string> {
  const program = await createProgram(nodeHost, NOWHERE, "kcfg", () => true);
  const [what = ""] = program.description().split("\n");
  return [
    `.TH KCFG 1 "" "kcfg ${VERSION}" "kcfg"\n`,
    section("NAME", `kcfg \\- ${text(what.charAt(0).toLowerCase() + what.slice(1).replace(/\.$/, ""))}\n`),
    section(
      "SYNOPSIS",
      `.B kcfg\n.I command\n.RI [ options ]\n.br\n.B kubectl kcfg\n.I command\n.RI [ options ]\n`,
    ),
    section("DESCRIPTION", paragraphs(program.description())),
    section("COMMANDS", ""),
    ...leaves(program).map(describeCommand),
    section(
      "OPTIONS OF ALL COMMANDS",
      `They may stand before and after the name of a command.\n${flags(program.options)}`,
    ),
    section("ENVIRONMENT", entries(ENVIRONMENT)),
    section("FILES", entries(FILES)),
    section(
      "EXIT STATUS",
      paragraphs("0, or 1 when anything went wrong. Commands that have others say so above."),
    ),
    section("SEE ALSO", ".BR kubectl (1)\n"),
  ].join("");
}

const ENVIRONMENT: readonly (readonly [string, string])[] = [
  ["KUBECONFIG", "The kubeconfigs to merge, as PATH lists folders. Without it, ~/.kube/config."],
  ["KUBERC", "The kuberc, or off for none. Without it, ~/.kube/kuberc."],
  ["KUBECTL_KUBERC", "false turns kuberc off, as in kubectl."],
  ["HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "Proxies, by the rules of Go."],
  ["NO_COLOR", "If it is not empty, nothing is coloured."],
];

const FILES: readonly (readonly [string, string])[] = [
  ["~/.kube/config", "The kubeconfig."],
  ["~/.kube/kuberc", "Preferences for kubectl, among them the policy for credential plugins."],
  ["F.lock", "Beside a kubeconfig F while it is edited."],
  [
    "F.kcfg-backup, F.kcfg-state.json",
    "Beside a kubeconfig F: what it was before the last change, and the previous context.",
  ],
];

/** Returns the commands that have an action, in order. */
function leaves(command: Command): readonly Command[] {
  return command.commands.flatMap((each) => (each.commands.length === 0 ? [each] : leaves(each)));
}

function describeCommand(command: Command): string {
  const sections = command instanceof PflagCommand ? command.helpSections : [];
  const names = command
    .aliases()
    .map((alias) => text(alias))
    .join(", ");
  return [
    `.SS "${text(commandPath(command))}"\n`,
    `.B ${text(usage(command))}\n`,
    names === "" ? "" : `.PP\nAlso: ${names}.\n`,
    paragraphs(command.description()),
    flags(command.options.filter((option) => !option.hidden && !isGlobalFlag(option))),
    ...sections.map(literal),
  ].join("");
}

function flags(options: readonly Option[]): string {
  return options
    .toSorted((one, other) => ((one.long ?? "") < (other.long ?? "") ? -1 : 1))
    .map((option) => `.TP\n${spelling(option)}\n${text(option.description)}\n`)
    .join("");
}

function spelling(option: Option): string {
  const names = [option.short, option.long].flatMap((name) => (name === undefined ? [] : [bold(name)]));
  const placeholder = placeholderOf(option).replace(/^\|/, "").replaceAll("=|", "=…|").replace(/=$/, "=…");
  return `${names.join(", ")}${placeholder === "" ? "" : `=\\fI${text(placeholder)}\\fR`}`;
}

function entries(rows: readonly (readonly [string, string])[]): string {
  return rows.map(([name, what]) => `.TP\n${bold(name)}\n${text(what)}\n`).join("");
}

function section(title: string, body: string): string {
  return `.SH ${title}\n${body}`;
}

function paragraphs(body: string): string {
  return body
    .split(/\n{2,}/)
    .map((paragraph) => `.PP\n${text(paragraph.replaceAll(/\s+/g, " ").trim())}\n`)
    .join("");
}

/** Formats a section of the help such as `Examples:`, line by line. */
function literal(body: string): string {
  const [title = "", ...lines] = body.trim().split("\n");
  return `.PP\n${text(title)}\n.PP\n.nf\n${lines.map((line) => `${text(line)}\n`).join("")}.fi\n`;
}

function bold(name: string): string {
  return `\\fB${text(name)}\\fR`;
}

/** Escapes text for troff, in ASCII. */
function text(plain: string): string {
  return plain
    .replaceAll("\\", "\\e")
    .replaceAll("-", "\\-")
    .replaceAll(
      /[^\n -~]/gu,
      (char) => `\\[u${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`,
    )
    .replaceAll(/^(?=[.'])/gm, "\\&");
}
