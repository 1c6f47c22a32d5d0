import { Option } from "commander";
import { goQuote } from "../codec/go-quote.ts";
import type { Host } from "../host/host.ts";
import { VERSION } from "../version.ts";
import { checkPluginsCommand } from "./commands/check-plugins.ts";
import { credentialCommand } from "./commands/credential.ts";
import { currentContextCommand } from "./commands/current-context.ts";
import { getContextsCommand } from "./commands/get-contexts.ts";
import { getClustersCommand, getUsersCommand } from "./commands/get-names.ts";
import { kubercCommand } from "./commands/kuberc.ts";
import { namespaceCommand } from "./commands/namespace.ts";
import { rawCommand } from "./commands/raw.ts";
import { resolveCommand } from "./commands/resolve.ts";
import { viewCommand } from "./commands/view.ts";
import { deleteContextCommand } from "./commands/delete-context.ts";
import { deleteClusterCommand, deleteUserCommand } from "./commands/delete-entry.ts";
import { exportCommand } from "./commands/export.ts";
import { importCommand } from "./commands/import.ts";
import { undoCommand } from "./commands/undo.ts";
import { renameClusterCommand, renameContextCommand, renameUserCommand } from "./commands/rename-entry.ts";
import { setClusterCommand } from "./commands/set-cluster.ts";
import { setContextCommand } from "./commands/set-context.ts";
import { setCredentialsCommand } from "./commands/set-credentials.ts";
import { setCommand } from "./commands/set.ts";
import { unsetCommand } from "./commands/unset.ts";
import { useContextCommand } from "./commands/use-context.ts";
import { EXIT_ERROR, EXIT_OK } from "./exit-code.ts";
import type { GlobalFlags } from "./global-flags.ts";
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
    "Read, merge and show kubeconfig and kuberc files exactly as kubectl does.",
  );
  const commands = [
    viewCommand(host, streams),
    currentContextCommand(host, streams),
    getContextsCommand(host, streams),
    getClustersCommand(host, streams),
    getUsersCommand(host, streams),
    useContextCommand(host, streams),
    setContextCommand(host, streams),
    setClusterCommand(host, streams),
    setCredentialsCommand(host, streams),
    setCommand(host, streams),
    unsetCommand(host, streams),
    renameContextCommand(host, streams),
    renameClusterCommand(host, streams),
    renameUserCommand(host, streams),
    deleteContextCommand(host, streams),
    deleteClusterCommand(host, streams),
    deleteUserCommand(host, streams),
    importCommand(host, streams),
    exportCommand(host, streams),
    undoCommand(host, streams),
    resolveCommand(host, streams),
    namespaceCommand(host, streams),
    rawCommand(host, streams),
    credentialCommand(host, streams),
    checkPluginsCommand(host, streams),
    kubercCommand(host, streams),
  ];
  for (const command of commands) {
    program.addCommand(command);
    for (const each of [command, ...command.commands].filter((one) => one instanceof PflagCommand)) {
      prepare(each, streams).addHelpText("after", `\nUse "${name} --help" for the options of all commands.`);
    }
  }
  program
    .addOption(new Option("--version", "Print the version."))
    .addHelpText("after", () => `\nUse "${name} <command> --help" for more information about a command.`);
  return prepare(program, streams);
}

/**
 * Runs a program, or a command with commands of its own, when none of them was named: its version, or an error that ends
 * in the help. kubectl's `DefaultSubCommandRun`.
 *
 * @returns the exit code
 * @throws UsageError when the argv names a command that does not exist
 */
export function runWithoutCommand(
  program: PflagCommand,
  streams: IOStreams,
  argv: readonly string[],
): number {
  const { operands } = program.parseOptions(argv);
  if (operands.length > 0) {
    throw program.usageError(`unknown command ${goQuote(operands.join(" "))}`);
  }
  if (program.opts<{ readonly version?: boolean }>().version === true) {
    streams.out.write(`${VERSION}\n`);
    return EXIT_OK;
  }
  program.outputHelp({ error: true });
  return EXIT_ERROR;
}

/** The global flags that a command's own help lists; the program's help has them all. */
const HEEDED: ReadonlySet<string> = new Set(["context", "help", "kubeconfig", "v"]);

/** Help goes to the command's streams, and nothing ends the process. */
function prepare(command: PflagCommand, streams: IOStreams): PflagCommand {
  const own = new Set(command.options.map(({ long }) => long));
  // A flag of the command's own hides the global one, its short form included.
  for (const option of globalFlags().filter(({ long }) => !own.has(long))) {
    command.addOption(option.hideHelp(command.parent !== null && !HEEDED.has(option.attributeName())));
  }
  return command
    .helpOption(false)
    .helpCommand(false)
    .allowExcessArguments()
    .hook("preAction", () => refuseProfile(command.opts<GlobalFlags>().profile))
    .configureHelp({ optionDescription: describeOption })
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
    })
    .exitOverride();
}

const PROFILES: ReadonlySet<string> = new Set([
  "none",
  "cpu",
  "heap",
  "goroutine",
  "threadcreate",
  "block",
  "mutex",
  "trace",
]);

function refuseProfile(profile: string): void {
  if (!PROFILES.has(profile)) {
    throw new Error(`unknown profile '${profile}'`);
  }
  if (profile !== "none") {
    throw new Error(`kcfg cannot write the profile '${profile}'`);
  }
}

/** Tells a default only where there is something to tell. */
function describeOption({ description, defaultValue }: Option): string {
  return defaultValue === true || (typeof defaultValue === "string" && defaultValue !== "")
    ? `${description} (default: ${defaultValue})`
    : description;
}
