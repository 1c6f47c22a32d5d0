import { Option } from "commander";
import { goQuote } from "../codec/go-quote.ts";
import type { Host } from "../host/host.ts";
import { VERSION } from "../version.ts";
import { currentContextCommand } from "./commands/current-context.ts";
import { getContextsCommand } from "./commands/get-contexts.ts";
import { getClustersCommand, getUsersCommand } from "./commands/get-names.ts";
import { viewCommand } from "./commands/view.ts";
import { globalFlags } from "./global-flags.ts";
import type { IOStreams } from "./io-streams.ts";
import { PflagCommand } from "./pflag-command.ts";

/**
 * The commands of the CLI, each with its own flags and the global ones.
 *
 * @param name - how the user calls the program: `kcfg`, or `kubectl kcfg`
 */
export function createProgram(host: Host, streams: IOStreams, name: string): PflagCommand {
  const program = new PflagCommand(name).description(
    "Read, merge and show kubeconfig files exactly as kubectl does.",
  );
  const commands = [
    viewCommand(host, streams),
    currentContextCommand(host, streams),
    getContextsCommand(host, streams),
    getClustersCommand(host, streams),
    getUsersCommand(host, streams),
  ];
  for (const command of commands) {
    program.addCommand(prepare(command, streams));
  }
  program
    .addOption(new Option("--version", "Print the version."))
    .addHelpText("after", () => `\nUse "${name} <command> --help" for more information about a command.`)
    .action(() => {
      const [unknown] = program.args;
      if (unknown !== undefined) {
        throw program.usageError(`unknown command ${goQuote(unknown)}`);
      }
      if (program.opts<ProgramFlags>().version) {
        streams.out.write(`${VERSION}\n`);
      } else {
        program.outputHelp();
      }
    });
  return prepare(program, streams);
}

interface ProgramFlags {
  readonly version: boolean;
}

/** Help goes to the command's streams, and nothing ends the process. */
function prepare(command: PflagCommand, streams: IOStreams): PflagCommand {
  for (const option of globalFlags()) {
    command.addOption(option);
  }
  return command
    .helpOption(false)
    .helpCommand(false)
    .allowExcessArguments()
    .configureHelp({ optionDescription: describeOption })
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
    })
    .exitOverride();
}

/** Tells a default only where there is something to tell. */
function describeOption({ description, defaultValue }: Option): string {
  return defaultValue === true || (typeof defaultValue === "string" && defaultValue !== "")
    ? `${description} (default: ${defaultValue})`
    : description;
}
