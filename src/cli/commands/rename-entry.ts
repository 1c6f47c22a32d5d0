import type { Config } from "../../api/config.ts";
import { renameCluster, renameContext, renameUser } from "../../clientcmd/edits/rename.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import { editAccess, runEdit, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";

type Rename = (config: Config, from: string, to: string, file: string) => Config;

/** Creates `kcfg rename-context`: current-context follows. */
export function renameContextCommand(host: Host, streams: IOStreams): PflagCommand {
  return renameCommand(host, streams, "context", "", renameContext);
}

/** Creates `kcfg rename-cluster`: contexts follow. */
export function renameClusterCommand(host: Host, streams: IOStreams): PflagCommand {
  return renameCommand(host, streams, "cluster", ", and the references to it in all contexts", renameCluster);
}

/** Creates `kcfg rename-user`: contexts follow. */
export function renameUserCommand(host: Host, streams: IOStreams): PflagCommand {
  return renameCommand(host, streams, "user", ", and the references to it in all contexts", renameUser);
}

function renameCommand(
  host: Host,
  streams: IOStreams,
  noun: string,
  what: string,
  rename: Rename,
): PflagCommand {
  const command = new PflagCommand(`rename-${noun}`);
  const description = `Rename a ${noun} from the kubeconfig file${what}.`;
  return withEditFlags(command)
    .summary(`Rename a ${noun}${what || " from the kubeconfig file"}`)
    .description(description)
    .usage(`<${noun}> <new-name>`)
    .argument(`[${noun}]`, `the ${noun} to rename`)
    .argument("[new-name]", "its new name")
    .addHelpText("after", `\nExamples:\n  # Call the ${noun} "old" "new"\n  kcfg rename-${noun} old new`)
    .action(async () => {
      const [from = "", to = "", ...more] = command.args;
      if (command.args.length < 2 || more.length > 0) {
        throw unexpectedArgs(command);
      }
      if (to === "") {
        throw new Error(`You must specify a new non-empty ${noun} name`);
      }
      await runEdit(
        host,
        streams,
        command,
        (starting) => rename(starting, from, to, editAccess(host, streams, command).defaultFilename),
        () => `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${goQuote(from)} renamed to ${goQuote(to)}.\n`,
      );
    });
}
