import type { Command } from "commander";
import { CommanderError } from "commander";
import { isCredentialPlugin } from "../host/credential-plugin.ts";
import type { Host } from "../host/host.ts";
import { OF_KCFG_ALONE } from "./command-list.ts";
import { EXIT_ERROR, EXIT_OK } from "./exit-code.ts";
import { HelpRequest } from "./help-request.ts";
import { PrintError } from "../printers/print-error.ts";
import type { FoundCommand } from "../cobra/find-command.ts";
import { findCommand } from "../cobra/find-command.ts";
import type { IOStreams } from "./io-streams.ts";
import { openStreams } from "./output.ts";
import { PflagCommand } from "./pflag-command.ts";
import { CommandStub, createProgram, loadStub, runWithoutCommand } from "./program.ts";
import type { StandardStreams } from "./standard-streams.ts";

/** The prefix of the hidden commands that shells call. */
const COMPLETION = "__complete";

/** The only command of a credential plugin. */
const CREDENTIAL = "credential";

/**
 * Runs one command line and returns its exit code. Never throws, never ends the process.
 *
 * @param argv - the arguments after the program's name
 * @param name - how the user calls the program
 */
export async function main(
  host: Host,
  standard: StandardStreams,
  argv: readonly string[],
  name: string,
): Promise<number> {
  let isOfKubectl = true;
  const streams = openStreams(standard, () => isOfKubectl);
  try {
    try {
      return await run(host, streams, argv, name, (command) => {
        isOfKubectl = !OF_KCFG_ALONE.has(command);
      });
    } catch (error) {
      if (error instanceof HelpRequest) {
        refuseInPlugin(host);
        const { showHelp } = await import("./help/show-help.ts");
        return await showHelp(host, streams, name, error);
      }
      throw error;
    }
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode;
    }
    if (error instanceof PrintError && error.printed !== "") {
      streams.out.data(error.printed);
    }
    streams.err.fail(error);
    return EXIT_ERROR;
  }
}

async function run(
  host: Host,
  streams: IOStreams,
  argv: readonly string[],
  name: string,
  found: (command: string) => void,
): Promise<number> {
  if (argv[0] !== CREDENTIAL) {
    refuseInPlugin(host);
  }
  if (argv[0]?.startsWith(COMPLETION) === true) {
    await (await import("./completion/answer.ts")).answerShell(host, streams, argv);
    return EXIT_OK;
  }
  const { command, rest } = await commandOf(host, streams, argv, name, found);
  if (command instanceof PflagCommand && command.commands.length > 0) {
    return runWithoutCommand(command, streams, rest);
  }
  await command.parseAsync(rest, { from: "user" });
  return EXIT_OK;
}

/**
 * Refuses everything but `kcfg credential`, before anything is read or written, in a process that a client has started
 * as its credential plugin: a kubeconfig determined its arguments.
 */
function refuseInPlugin(host: Host): void {
  if (isCredentialPlugin(host)) {
    throw new Error(
      "kcfg was started as a credential plugin (KUBERNETES_EXEC_INFO is set), and then does nothing but `kcfg credential`",
    );
  }
}

/** Finds the command that an argv names, and loads only that one. */
async function commandOf(
  host: Host,
  streams: IOStreams,
  argv: readonly string[],
  name: string,
  found: (command: string) => void,
): Promise<FoundCommand<Command>> {
  const program = await createProgram(host, streams, name, () => false);
  const { command } = findCommand(program, argv);
  found(command.name());
  if (!(command instanceof CommandStub)) {
    return { command, rest: argv };
  }
  await loadStub(program, command, host, streams);
  return findCommand(program, argv);
}
