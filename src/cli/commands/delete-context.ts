import { Option } from "commander";
import { cascadeOf, deleteContext } from "../../clientcmd/edits/delete.ts";
import type { Host } from "../../host/host.ts";
import type { EditFlags } from "../edit.ts";
import { editAccess, runEdit, withEditFlags } from "../edit.ts";
import { HelpRequest } from "../help-request.ts";
import type { IOStreams } from "../io-streams.ts";
import { kubectlError } from "../kubectl-words.ts";
import { PflagCommand } from "../pflag-command.ts";
import { visibleLine } from "../../go/visible.ts";

interface DeleteContextFlags extends EditFlags {
  readonly cascade: boolean;
}

/** Creates `kcfg delete-context`: with `--cascade`, also deletes the cluster and the user if nothing else uses them. */
export function deleteContextCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("delete-context");
  return withEditFlags(command)
    .summary("Delete the specified context from the kubeconfig")
    .description("Delete the specified context from the kubeconfig.")
    .usage("<context>")
    .argument("[context]", "the context to delete")
    .addOption(
      new Option(
        "--cascade",
        "Delete the cluster and the user of the context too, unless another context uses them.",
      ).default(false),
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const { cascade } = command.opts<DeleteContextFlags>();
      const [name = ""] = command.args;
      const access = editAccess(host, streams, command);
      if (command.args.length !== 1) {
        access.startingConfig();
        throw new HelpRequest(command);
      }
      await runEdit(
        host,
        streams,
        command,
        (starting) => {
          if (!starting.contexts.has(name)) {
            throw kubectlError(`cannot delete context ${name}, not in ${access.defaultFilename}`);
          }
          const none = { cluster: undefined, user: undefined };
          return deleteContext(starting, name, cascade ? cascadeOf(starting, name) : none);
        },
        ({ before }) => {
          const { cluster, user } = cascadeOf(before, name);
          const gone = [
            ["context", name, before.contexts.get(name)?.locationOfOrigin],
            ...(cascade && cluster !== undefined
              ? [["cluster", cluster, before.clusters.get(cluster)?.locationOfOrigin]]
              : []),
            ...(cascade && user !== undefined
              ? [["user", user, before.authInfos.get(user)?.locationOfOrigin]]
              : []),
          ];
          const shown = (text = ""): string => (cascade ? visibleLine(text) : streams.out.name(text));
          return gone
            .map(([noun = "", entry, file]) => `deleted ${noun} ${shown(entry)} from ${shown(file)}\n`)
            .join("");
        },
        { asKubectl: !cascade },
      );
    });
}

const EXAMPLES = `
Examples:
  # Delete the context for the minikube cluster
  kcfg delete-context minikube

  # Delete what only this context uses, too
  kcfg delete-context minikube --cascade`;
