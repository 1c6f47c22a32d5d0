import { Option } from "commander";
import { formatMode } from "../../doctor/modes.ts";
import type { Host } from "../../host/host.ts";
import { forgetHistory } from "../../writing/erase-history.ts";
import type { FileChange } from "../../writing/config-files.ts";
import { kubercToEdit } from "../../writing/edit-kuberc.ts";
import { kubercDiff } from "../../writing/kuberc-diff.ts";
import { redactedDiff } from "../../writing/redacted-diff.ts";
import type { UndoResult } from "../../writing/undo-change.ts";
import { undoChange } from "../../writing/undo-change.ts";
import type { EditFlags } from "../edit.ts";
import { describeChanges, editAccess, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { KubercFileCommand } from "../kuberc-file-command.ts";
import { PflagCommand } from "../pflag-command.ts";
import { escapeUnprintable } from "../../go/printable-text.ts";

interface UndoFlags extends EditFlags {
  readonly all: boolean;
  readonly forget: boolean;
}

/** Creates `kcfg undo`: undoes the last change, or erases the history. */
export function undoCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("undo");
  return withUndoFlags(command, "kubeconfig")
    .summary("Undo the last change of the kubeconfig by kcfg")
    .description(
      "Take the last change of the kubeconfig by kcfg back, in all files that it touched. Done twice, it is as before.\n\n" +
        "What the files held before, deleted credentials included, is kept in ~/.kube/kcfg (or in KCFG_STATE_DIR), for you " +
        "alone. It is erased seven days after the change, by the next command that edits something, or at once with " +
        "--forget. A file that something else has changed since is not touched.",
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      if (command.args.length > 0) {
        throw unexpectedArgs(command);
      }
      const files = (): readonly string[] => editAccess(host, streams, command).loadingPrecedence;
      await runUndo(host, streams, command.opts<UndoFlags>(), {
        files,
        noun: "kubeconfig",
        diff: redactedDiff,
      });
    });
}

/** Creates `kcfg kuberc undo`: the same for the kuberc. */
export function kubercUndoCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new KubercFileCommand("undo");
  return withUndoFlags(command, "kuberc")
    .summary("Undo the last change of the kuberc by kcfg")
    .description(
      "Take the last change of the kuberc by kcfg back: by kuberc set or check-plugins --write. Done twice, it is as before. " +
        "A file that something else has changed since is not touched.",
    )
    .addHelpText(
      "after",
      EXAMPLES.replaceAll("kcfg undo", "kcfg kuberc undo").replace("kubeconfig", "kuberc"),
    )
    .action(async () => {
      command.begin(host);
      const flags = command.opts<UndoFlags & { readonly kuberc: string }>();
      const files = (): readonly string[] => [kubercToEdit(host, flags.kuberc)];
      await runUndo(host, streams, flags, { files, noun: "kuberc", diff: kubercDiff });
    });
}

function withUndoFlags<C extends PflagCommand>(command: C, noun: Undoable["noun"]): C {
  return withEditFlags(command)
    .addOption(
      new Option(
        "--forget",
        `Undo nothing: erase what is kept of the ${noun}${noun === "kuberc" ? "" : ", the previous context included"}.`,
      ).default(false),
    )
    .addOption(
      new Option("--all", "With --forget: erase what is kept of every kubeconfig and kuberc.").default(false),
    );
}

/** Files whose changes can be undone. */
interface Undoable {
  readonly files: () => readonly string[];
  readonly noun: "kubeconfig" | "kuberc";
  readonly diff: (change: FileChange) => string;
}

async function runUndo(
  host: Host,
  streams: IOStreams,
  { all, dryRun, forget, lockTimeout, trustFolderOwner }: UndoFlags,
  { files: filesOfNoun, noun, diff }: Undoable,
): Promise<void> {
  if (all && !forget) {
    throw new Error("--all goes with --forget");
  }
  const files = filesOfNoun();
  if (forget) {
    streams.out.say(describeForgotten(forgetHistory(host, all ? undefined : files, { dryRun }), dryRun));
    return;
  }
  const result = await undoChange(
    host,
    { loadingPrecedence: files },
    { dryRun, lockTimeout, trustFolderOwner, noun, warn: (message) => streams.err.sayLine(message) },
  );
  streams.out.say(
    dryRun
      ? describePlanned(result, diff)
      : `Took ${escapeUnprintable(result.command)} back in ${escapeUnprintable(filesOf(result).join(", "))}.\n`,
  );
}

const EXAMPLES = `
Examples:
  # See what would be taken back
  kcfg undo --dry-run

  # Take it back
  kcfg undo

  # Erase what is kept of the kubeconfig
  kcfg undo --forget`;

function describeForgotten(files: readonly string[], dryRun: boolean): string {
  if (files.length === 0) {
    return "There was nothing to forget.\n";
  }
  return files
    .map((file) => `${dryRun ? "Would forget" : "Forgot"} the history of ${escapeUnprintable(file)}.\n`)
    .join("");
}

function filesOf({ changes, modes }: UndoResult): readonly string[] {
  return [
    ...new Set([...changes.map(({ file }) => file), ...modes.map(({ path }) => escapeUnprintable(path))]),
  ];
}

function describePlanned({ changes, modes }: UndoResult, diff: Undoable["diff"]): string {
  const lines = modes.map(
    ({ path, from, to }) =>
      `${escapeUnprintable(path)}: mode ${formatMode(to)} would become ${formatMode(from)}\n`,
  );
  return `${changes.length === 0 && modes.length > 0 ? "" : describeChanges(changes, diff)}${lines.join("")}`;
}
