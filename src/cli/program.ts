import { Option } from "commander";
import { didYouMean } from "../codec/did-you-mean.ts";
import { PROFILES } from "../cobra/read-flag-value.ts";
import { goQuote } from "../go/quote.ts";
import type { Host } from "../host/host.ts";
import { VERSION } from "../package-version.ts";
import { COMMANDS } from "./command-list.ts";
import type { CommandEntry } from "./command-list.ts";
import { EXIT_OK } from "./exit-code.ts";
import type { GlobalFlags } from "./global-flags.ts";
import { globalFlags } from "./global-flags.ts";
import { HelpRequest } from "./help-request.ts";
import type { IOStreams } from "./io-streams.ts";
import { PflagCommand } from "./pflag-command.ts";

/** A placeholder for a command whose module has not been loaded: it has a name and nothing else. */
export class CommandStub extends PflagCommand {}

/**
 * Creates the program with its commands, each with its own flags and the global ones. Loads only the wanted modules; a
 * {@link CommandStub} replaces every other one.
 *
 * @param name - how the user calls the program: `kcfg`, or `kubectl kcfg`
 * @param isWanted - receives the names of commands
 */
export async function createProgram(
  host: Host,
  streams: IOStreams,
  name: string,
  isWanted: (command: string) => boolean,
): Promise<PflagCommand> {
  const program = new PflagCommand(name)
    .description(
      "Read, resolve and edit kubeconfig and kuberc files exactly as kubectl does, and connect.\n\n" +
        "Exit codes: 0, or 1 when anything went wrong. Commands that have others say so.",
    )
    .addHelpText("after", EXAMPLES);
  for (const entry of COMMANDS) {
    if (isWanted(entry.name)) {
      await addLoaded(program, entry, host, streams);
    } else {
      program.addCommand(new CommandStub(entry.name).aliases(entry.aliases ?? []));
    }
  }
  program.addOption(new Option("--version", "Print the version."));
  return prepare(program, streams);
}

/** Replaces a stub by its command. */
export async function loadStub(
  program: PflagCommand,
  stub: CommandStub,
  host: Host,
  streams: IOStreams,
): Promise<void> {
  const commands = program.commands as PflagCommand[];
  commands.splice(commands.indexOf(stub), 1);
  const entry = COMMANDS.find(({ name }) => name === stub.name());
  if (entry !== undefined) {
    await addLoaded(program, entry, host, streams);
  }
}

async function addLoaded(
  program: PflagCommand,
  { load, group }: CommandEntry,
  host: Host,
  streams: IOStreams,
): Promise<void> {
  const command = (await load())(host, streams).helpGroup(group ?? "");
  program.addCommand(command);
  for (const each of [command, ...command.commands].filter((one) => one instanceof PflagCommand)) {
    prepare(each, streams);
  }
}

/**
 * Runs a program, or a command with subcommands, without a subcommand: shows its version, or an error that ends in the
 * help. kubectl's `DefaultSubCommandRun`.
 *
 * @returns the exit code
 * @throws UsageError when the argv names a command that does not exist
 * @throws HelpRequest when it names none
 */
export function runWithoutCommand(
  program: PflagCommand,
  streams: IOStreams,
  argv: readonly string[],
): number {
  const { operands } = program.parseOptions(argv);
  if (operands.length > 0) {
    const names = program.commands.flatMap((each) => [each.name(), ...each.aliases()]);
    const hint = didYouMean(operands[0] ?? "", names);
    throw program.usageError(`unknown command ${goQuote(operands.join(" "))}${hint}`);
  }
  if (program.opts<{ readonly version?: boolean }>().version === true) {
    streams.out.say(`${VERSION}\n`);
    return EXIT_OK;
  }
  throw new HelpRequest(program, { stream: "err" });
}

/** The global flags that a command's own help lists; the program's help has them all. */
const HONOURED: ReadonlySet<string> = new Set(["context", "help", "kubeconfig", "v"]);

/** Prepares a command: help goes to the command's streams, and nothing ends the process. */
function prepare(command: PflagCommand, streams: IOStreams): PflagCommand {
  const own = new Set(command.options.map(({ long }) => long));
  // A flag of the command's own hides the global one, its short form included.
  for (const option of globalFlags().filter(({ long }) => !own.has(long))) {
    command.addOption(option.hideHelp(command.parent !== null && !HONOURED.has(option.attributeName())));
  }
  return command
    .helpOption(false)
    .helpCommand(false)
    .allowExcessArguments()
    .hook("preAction", () => refuseProfile(command.opts<GlobalFlags>().profile))
    .configureOutput({
      writeOut: (text) => streams.out.say(text),
      writeErr: (text) => streams.err.say(text),
    })
    .exitOverride();
}

function refuseProfile(profile: string): void {
  if (profile !== "none") {
    const reason = PROFILES.has(profile) ? "kcfg cannot write the" : "unknown";
    throw new Error(`${reason} profile '${profile}'`);
  }
}

const EXAMPLES = `
Examples:
  # What a client sees: all kubeconfigs merged, secrets redacted
  kcfg view

  # Choose a context
  kcfg use-context

  # Which executables would my kubeconfig run?
  kcfg check-plugins`;
