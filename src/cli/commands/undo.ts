import type { Host } from "../../host/host.ts";
import { undoChange } from "../../writing/undo.ts";
import type { EditFlags } from "../edit.ts";
import { describeChanges, editAccess, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";

/** `kcfg undo`: takes the last change back. */
export function undoCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("undo");
  return withEditFlags(command)
    .summary("Take the last change of the kubeconfig by kcfg back")
    .description(
      "Take the last change of the kubeconfig by kcfg back, in all files that it touched. Done twice, it is as before.\n\n" +
        "The content before the last change is kept beside each kubeconfig F, in F.kcfg-backup, for its owner alone. " +
        "A file that something else has changed since is not touched.",
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      if (command.args.length > 0) {
        throw unexpectedArgs(command);
      }
      const { dryRun, lockTimeout } = command.opts<EditFlags>();
      const result = await undoChange(host, editAccess(host, streams, command), {
        dryRun,
        lockTimeout,
        warn: (message) => streams.err.write(`${message}\n`),
      });
      const files = result.changes.map(({ file }) => file).join(", ");
      streams.out.write(
        dryRun ? describeChanges(result.changes) : `Took ${result.command} back in ${files}.\n`,
      );
    });
}

const EXAMPLES = `
Examples:
  # See what would be taken back
  kcfg undo --dry-run

  # Take it back
  kcfg undo`;
