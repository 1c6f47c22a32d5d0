import type { Host } from "../../host/host.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";
import { kubercSetCommand } from "./kuberc-set.ts";
import { kubercViewCommand } from "./kuberc-view.ts";
import { kubercUndoCommand } from "./undo.ts";

/** Creates `kcfg kuberc`: the commands that show and change the kuberc. */
export function kubercCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("kuberc")
    .summary("Show or change the kuberc, your preferences for kubectl")
    .description("Show or change the kuberc: the file with your preferences for kubectl.")
    .addHelpText("after", EXAMPLES);
  command.addCommand(kubercViewCommand(host, streams));
  command.addCommand(kubercSetCommand(host, streams));
  command.addCommand(kubercUndoCommand(host, streams));
  return command;
}

const EXAMPLES = `
Examples:
  # Show what kubectl reads from your kuberc
  kcfg kuberc view

  # Let no credential plugin run
  kcfg kuberc set --section credentialplugin --policy DenyAll`;
