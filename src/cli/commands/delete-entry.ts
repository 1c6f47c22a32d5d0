import { without } from "../../clientcmd/edits/delete.ts";
import type { Host } from "../../host/host.ts";
import { editAccess, runEdit, withEditFlags } from "../edit.ts";
import { HelpRequest } from "../help-request.ts";
import type { IOStreams } from "../io-streams.ts";
import { kubectlError } from "../kubectl-words.ts";
import { PflagCommand } from "../pflag-command.ts";

/** Creates `kcfg delete-cluster`. */
export function deleteClusterCommand(host: Host, streams: IOStreams): PflagCommand {
  return deleteCommand(host, streams, "cluster", "clusters");
}

/** Creates `kcfg delete-user`. */
export function deleteUserCommand(host: Host, streams: IOStreams): PflagCommand {
  return deleteCommand(host, streams, "user", "authInfos");
}

function deleteCommand(
  host: Host,
  streams: IOStreams,
  noun: "cluster" | "user",
  section: "clusters" | "authInfos",
): PflagCommand {
  const command = new PflagCommand(`delete-${noun}`);
  return withEditFlags(command)
    .summary(`Delete the specified ${noun} from the kubeconfig`)
    .description(`Delete the specified ${noun} from the kubeconfig.`)
    .usage(`<${noun}>`)
    .argument(`[${noun}]`, `the ${noun} to delete`)
    .addHelpText("after", `\nExamples:\n  # Delete the minikube ${noun}\n  kcfg delete-${noun} minikube`)
    .action(async () => {
      const [name = ""] = command.args;
      const access = editAccess(host, streams, command);
      if (command.args.length !== 1) {
        access.startingConfig();
        if (noun === "user") {
          throw command.usageError("user to delete is required");
        }
        throw new HelpRequest(command);
      }
      await runEdit(
        host,
        streams,
        command,
        (starting) => {
          if (!starting[section].has(name)) {
            throw kubectlError(`cannot delete ${noun} ${name}, not in ${access.defaultFilename}`);
          }
          return { ...starting, [section]: without<unknown>(starting[section], name) };
        },
        ({ before }) => {
          const file = streams.out.name(before[section].get(name)?.locationOfOrigin ?? "");
          return `deleted ${noun} ${streams.out.name(name)} from ${file}\n`;
        },
        { asKubectl: true },
      );
    });
}
