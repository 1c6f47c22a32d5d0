import { Option } from "commander";
import { describeTime } from "../../doctor/describe.ts";
import { formatMode } from "../../doctor/modes.ts";
import { goQuote } from "../../go/quote.ts";
import { alignColumns } from "../../go/tabwriter.ts";
import type { Host } from "../../host/host.ts";
import { forgetHistory } from "../../writing/erase-history.ts";
import type { FileChange } from "../../writing/config-files.ts";
import { kubercToEdit } from "../../writing/edit-kuberc.ts";
import { kubercDiff } from "../../writing/kuberc-diff.ts";
import { redactedDiff } from "../../writing/redacted-diff.ts";
import type { ListedChange, UndoResult } from "../../writing/undo-change.ts";
import { listChanges, undoChange } from "../../writing/undo-change.ts";
import type { EditFlags } from "../edit.ts";
import { describeChanges, editAccess, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { KubercFileCommand } from "../kuberc-file-command.ts";
import { PflagCommand } from "../pflag-command.ts";
import { escapeUnprintable } from "../../go/printable-text.ts";

interface UndoFlags extends EditFlags {
  readonly all: boolean;
  readonly forget: boolean;
  readonly list: boolean;
}

/** Creates `kcfg undo`: undoes the last change, or erases the history. */
export function undoCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("undo");
  return withUndoFlags(command, "kubeconfig")
    .summary("Undo the last change of the kubeconfig by kcfg")
    .description(
      "Undo the last change of the kubeconfig by kcfg, in all files that it touched. Done twice, it is as before. With a " +
        "number, undo that many changes: everything is then as it was before the change of that number in --list.\n\n" +
        "What the files held before, deleted credentials included, is kept in ~/.kube/kcfg (or in KCFG_STATE_DIR), for you " +
        "alone, for the last 20 changes. It is erased seven days after the change, by the next command that edits something, or " +
        "at once with --forget. A file that something else has changed since is not touched.",
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const steps = readSteps(command);
      const files = (): readonly string[] => editAccess(host, streams, command).loadingPrecedence;
      await runUndo(host, streams, command.opts<UndoFlags>(), {
        files,
        steps,
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
      "Undo the last change of the kuberc by kcfg: by kuberc set or check-plugins --write. Done twice, it is as before. With " +
        "a number, undo that many changes: everything is then as it was before the change of that number in --list. " +
        "A file that something else has changed since is not touched.",
    )
    .addHelpText(
      "after",
      EXAMPLES.replaceAll("kcfg undo", "kcfg kuberc undo").replace("kubeconfig", "kuberc"),
    )
    .action(async () => {
      command.begin(host, 1);
      const steps = readSteps(command);
      const flags = command.opts<UndoFlags & { readonly kuberc: string }>();
      const files = (): readonly string[] => [kubercToEdit(host, flags.kuberc)];
      await runUndo(host, streams, flags, { files, steps, noun: "kuberc", diff: kubercDiff });
    });
}

function withUndoFlags<C extends PflagCommand>(command: C, noun: Undoable["noun"]): C {
  return withEditFlags(command)
    .argument("[number]", "how many changes to undo: the last one by default")
    .addOption(
      new Option("--list", `List the changes of the ${noun} that can be undone, the last one first.`).default(
        false,
      ),
    )
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
  /** How many changes are undone. */
  readonly steps: number;
  readonly files: () => readonly string[];
  readonly noun: "kubeconfig" | "kuberc";
  readonly diff: (change: FileChange) => string;
}

async function runUndo(
  host: Host,
  streams: IOStreams,
  { all, dryRun, forget, list, lockTimeout, trustFolderOwner }: UndoFlags,
  { files: filesOfNoun, steps, noun, diff }: Undoable,
): Promise<void> {
  if (all && !forget) {
    throw new Error("--all goes with --forget");
  }
  if (list && forget) {
    throw new Error("--list and --forget exclude each other");
  }
  const files = filesOfNoun();
  if (list) {
    streams.out.say(describeList(listChanges(host, { loadingPrecedence: files }), host.now()));
    return;
  }
  if (forget) {
    streams.out.say(describeForgotten(forgetHistory(host, all ? undefined : files, { dryRun }), dryRun));
    return;
  }
  const result = await undoChange(
    host,
    { loadingPrecedence: files },
    { dryRun, steps, lockTimeout, trustFolderOwner, noun, warn: (message) => streams.err.sayLine(message) },
  );
  streams.out.say(
    dryRun
      ? describePlanned(result, diff)
      : `Undid ${escapeUnprintable(result.command)} in ${escapeUnprintable(filesOf(result).join(", "))}.\n`,
  );
}

/** Reads how many changes are to be undone. */
function readSteps(command: PflagCommand): number {
  const [text = "1", ...more] = command.args;
  if (more.length > 0) {
    throw unexpectedArgs(command);
  }
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw command.usageError(`${goQuote(text)} is no number of changes; 1 is the last one`);
  }
  return Number(text);
}

const EXAMPLES = `
Examples:
  # See what the last change was, then undo it
  kcfg undo --dry-run
  kcfg undo

  # List the changes, and go back to before the third
  kcfg undo --list
  kcfg undo 3

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

/** Formats the changes that can be undone as a table. */
function describeList(changes: readonly ListedChange[], now: number): string {
  if (changes.length === 0) {
    return "There is nothing to undo.\n";
  }
  const rows = changes.map(({ command, time, files, isPossible }, i) => [
    `${i + 1}`,
    `${describeTime(now - time)} ago`,
    escapeUnprintable(command),
    `${escapeUnprintable(files.join(", "))}${isPossible ? "" : " (impossible: changed since by something else)"}`,
  ]);
  return alignColumns(
    [["NUMBER", "WHEN", "CHANGE", "FILES"], ...rows].map((cells) => `${cells.join("\t")}\n`).join(""),
  );
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
