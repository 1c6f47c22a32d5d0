import { Option } from "commander";
import { formatMode } from "../../doctor/modes.ts";
import type { Host } from "../../host/host.ts";
import { forgetHistory } from "../../writing/history-store.ts";
import type { UndoResult } from "../../writing/undo-change.ts";
import { undoChange } from "../../writing/undo-change.ts";
import type { EditFlags } from "../edit.ts";
import { describeChanges, editAccess, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";
import { plain } from "../plain.ts";

interface UndoFlags extends EditFlags {
  readonly all: boolean;
  readonly forget: boolean;
}

/** `kcfg undo`: takes the last change back, or erases what is kept for that. */
export function undoCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("undo");
  return withEditFlags(command)
    .summary("Take the last change of the kubeconfig by kcfg back")
    .description(
      "Take the last change of the kubeconfig by kcfg back, in all files that it touched. Done twice, it is as before.\n\n" +
        "What the files held before, deleted credentials included, is kept in ~/.kube/kcfg (or in KCFG_STATE_DIR), for you " +
        "alone. It is erased seven days after the change, by the next command that edits something, or at once with " +
        "--forget. A file that something else has changed since is not touched.",
    )
    .addOption(
      new Option(
        "--forget",
        "Undo nothing: erase what is kept of the kubeconfig, the previous context included.",
      ).default(false),
    )
    .addOption(new Option("--all", "With --forget: erase what is kept of every kubeconfig.").default(false))
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      if (command.args.length > 0) {
        throw unexpectedArgs(command);
      }
      const { all, dryRun, forget, lockTimeout, trustFolderOwner } = command.opts<UndoFlags>();
      if (all && !forget) {
        throw new Error("--all goes with --forget");
      }
      const access = editAccess(host, streams, command);
      if (forget) {
        const files = all ? undefined : access.loadingPrecedence;
        streams.out.say(describeForgotten(forgetHistory(host, files, { dryRun }), dryRun));
        return;
      }
      const result = await undoChange(host, access, {
        dryRun,
        lockTimeout,
        trustFolderOwner,
        warn: (message) => streams.err.sayLine(message),
      });
      streams.out.say(
        dryRun
          ? describePlanned(result)
          : `Took ${plain(result.command)} back in ${plain(filesOf(result).join(", "))}.\n`,
      );
    });
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
    .map((file) => `${dryRun ? "Would forget" : "Forgot"} the history of ${plain(file)}.\n`)
    .join("");
}

function filesOf({ changes, modes }: UndoResult): readonly string[] {
  return [...new Set([...changes.map(({ file }) => file), ...modes.map(({ path }) => plain(path))])];
}

function describePlanned({ changes, modes }: UndoResult): string {
  const lines = modes.map(
    ({ path, from, to }) => `${plain(path)}: mode ${formatMode(to)} would become ${formatMode(from)}\n`,
  );
  return `${changes.length === 0 && modes.length > 0 ? "" : describeChanges(changes)}${lines.join("")}`;
}
