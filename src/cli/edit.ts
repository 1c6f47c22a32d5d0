import { Option } from "commander";
import type { Config } from "../api/config.ts";
import type { Host } from "../host/host.ts";
import type { ConfigAccess } from "../loading/config-access.ts";
import { pathOptionsAccess } from "../loading/config-access.ts";
import type { FileChange } from "../writing/config-files.ts";
import type { ModifyResult } from "../writing/modify-config.ts";
import { modifyConfig } from "../writing/modify-config.ts";
import { redactedDiff } from "../writing/redacted-diff.ts";
import type { GlobalFlags } from "./global-flags.ts";
import { HelpRequest } from "./help-request.ts";
import type { IOStreams } from "./io-streams.ts";
import { kubectlError } from "./kubectl-words.ts";
import { pathOptions } from "./path-options.ts";
import type { PflagCommand } from "./pflag-command.ts";
import type { WriteFlags } from "./write-flags.ts";
import { withWriteFlags } from "./write-flags.ts";

/** The flags of every command that edits kubeconfigs. */
export interface EditFlags extends GlobalFlags, WriteFlags {
  readonly dryRun: boolean;
}

/** Adds the flags of editing to a command. */
export function withEditFlags<C extends PflagCommand>(command: C): C {
  return withWriteFlags(
    command.addOption(
      new Option("--dry-run", "Change nothing: print what would change, with secrets redacted.").default(
        false,
      ),
    ),
  );
}

/** Returns the files that an editing command works on. */
export function editAccess(host: Host, streams: IOStreams, command: PflagCommand): ConfigAccess {
  return pathOptionsAccess(host, pathOptions(host, streams, command.opts<GlobalFlags>()));
}

/** Options of an edit. */
export interface EditRunOptions {
  /** Whether paths become relative to their kubeconfig; default: true. */
  readonly relativizePaths?: boolean;
  /** Whether `done` returns kubectl's message byte for byte, with names unquoted; default: false. */
  readonly asKubectl?: boolean;
  /** The files to edit; default: those of the flags and the environment. */
  readonly access?: ConfigAccess;
}

/**
 * Changes the kubeconfigs, or with `--dry-run` shows what would change, and prints warnings.
 *
 * @param change - returns the wanted config for the present one; also checks the arguments
 * @param done - returns the message after the files are changed
 */
export async function runEdit(
  host: Host,
  streams: IOStreams,
  command: PflagCommand,
  change: (starting: Config) => Config,
  done: (result: ModifyResult) => string,
  { relativizePaths = true, asKubectl = false, access }: EditRunOptions = {},
): Promise<void> {
  const { dryRun, lockTimeout, trustFolderOwner } = command.opts<EditFlags>();
  const result = await modifyConfig(host, access ?? editAccess(host, streams, command), change, {
    relativizePaths,
    lockTimeout,
    trustFolderOwner,
    dryRun,
    backupAs: command.name(),
    warn: (message) => streams.err.sayLine(message),
  });
  if (dryRun) {
    streams.out.say(describeChanges(result.changes));
  } else if (asKubectl) {
    streams.out.data(done(result));
  } else {
    streams.out.say(done(result));
  }
}

/** Formats the changes as a unified diff. */
export function describeChanges(changes: readonly FileChange[], diff = redactedDiff): string {
  return changes.length === 0 ? "nothing would change\n" : changes.map((change) => diff(change)).join("");
}

/** Makes the error for the wrong number of arguments, which shows the help first, as kubectl does. `helpErrorf`. */
export function unexpectedArgs(command: PflagCommand, words = "Unexpected args"): Error {
  return new HelpRequest(command, { fault: kubectlError(`${words}: [${command.args.join(" ")}]`) });
}

/** Returns the value of a flag if it was given on the command line. */
export function flagIfSet<T>(command: PflagCommand, flag: string, value: T): T | undefined {
  return command.getOptionValueSource(flag) === "cli" ? value : undefined;
}

/** Makes a flag that takes a string. */
export function textFlag(flags: string, description: string): Option {
  return new Option(flags, description).default("");
}
