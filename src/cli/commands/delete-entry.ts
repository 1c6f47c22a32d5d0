import { without } from "../../clientcmd/edits/delete.ts";
import type { Host } from "../../host/host.ts";
import type { DeleteFlags } from "../delete-entries.ts";
import { confirmDeletion, namesToDelete, yesOption } from "../delete-entries.ts";
import { editAccess, runEdit, withEditFlags } from "../edit.ts";
import { HelpRequest } from "../help-request.ts";
import type { IOStreams } from "../io-streams.ts";
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
    .usage(`<${noun}...>`)
    .argument(`[${noun}...]`, `the ${noun}s to delete: names, or patterns with * and ?`)
    .addOption(yesOption())
    .addHelpText(
      "after",
      `\nExamples:\n  # Delete the minikube ${noun}\n  kcfg delete-${noun} minikube\n\n` +
        `  # Delete all ${noun}s whose names begin with kind-\n  kcfg delete-${noun} 'kind-*'`,
    )
    .action(async () => {
      const access = editAccess(host, streams, command);
      if (command.args.length === 0) {
        access.startingConfig();
        if (noun === "user") {
          throw command.usageError("user to delete is required");
        }
        throw new HelpRequest(command);
      }
      const words = command.args;
      const kind = { noun, section, file: access.defaultFilename };
      await confirmDeletion(host, streams, access.startingConfig(), kind, words, command.opts<DeleteFlags>());
      await runEdit(
        host,
        streams,
        command,
        (starting) => ({
          ...starting,
          [section]: without<unknown>(starting[section], ...namesToDelete(starting, kind, words)),
        }),
        ({ before }) =>
          namesToDelete(before, kind, words)
            .map((name) => {
              const file = streams.out.name(before[section].get(name)?.locationOfOrigin ?? "");
              return `deleted ${noun} ${streams.out.name(name)} from ${file}\n`;
            })
            .join(""),
        { asKubectl: true },
      );
    });
}
