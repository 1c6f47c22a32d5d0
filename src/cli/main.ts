import type { Command } from "commander";
import { CommanderError } from "commander";
import type { Host } from "../host/host.ts";
import { EXIT_ERROR, EXIT_OK } from "./exit-code.ts";
import type { FoundCommand } from "../kuberc/find-command.ts";
import { findCommand } from "../kuberc/find-command.ts";
import type { IOStreams } from "./io-streams.ts";
import { PflagCommand } from "./pflag-command.ts";
import { PartialPrintError } from "./printers/partial-print-error.ts";
import { createProgram, runWithoutCommand } from "./program.ts";
import { reportError } from "./report-error.ts";

/**
 * Runs one command line and returns its exit code. Never throws, never ends the process.
 *
 * @param argv - the arguments after the program's name
 * @param name - how the user calls the program
 */
export async function main(
  host: Host,
  streams: IOStreams,
  argv: readonly string[],
  name: string,
): Promise<number> {
  try {
    const { command, rest } = await commandOf(host, streams, argv, name);
    if (command instanceof PflagCommand && command.commands.length > 0) {
      return runWithoutCommand(command, streams, rest);
    }
    await command.parseAsync(rest, { from: "user" });
    return EXIT_OK;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode;
    }
    if (error instanceof PartialPrintError) {
      streams.out.write(error.printed);
    }
    streams.err.write(reportError(error));
    return EXIT_ERROR;
  }
}

/** Finds the command that an argv names, and loads it alone; or all of them for the help of the program. */
async function commandOf(
  host: Host,
  streams: IOStreams,
  argv: readonly string[],
  name: string,
): Promise<FoundCommand<Command>> {
  const outline = await createProgram(host, streams, name, () => false);
  const { command: stub } = findCommand(outline, argv);
  const isWanted = (each: string): boolean => stub === outline || each === stub.name();
  return findCommand(await createProgram(host, streams, name, isWanted), argv);
}
