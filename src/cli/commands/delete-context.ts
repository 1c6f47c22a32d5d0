import { Option } from "commander";
import { cascadeOf, deleteContext } from "../../clientcmd/edits/delete.ts";
import type { Config } from "../../api/config.ts";
import type { Host } from "../../host/host.ts";
import type { DeleteFlags } from "../delete-entries.ts";
import { confirmDeletion, namesToDelete, yesOption } from "../delete-entries.ts";
import { editAccess, runEdit, withEditFlags } from "../edit.ts";
import { HelpRequest } from "../help-request.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";
import { visibleLine } from "../../go/visible.ts";

interface DeleteContextFlags extends DeleteFlags {
  readonly cascade: boolean;
}

/** Creates `kcfg delete-context`: with `--cascade`, also deletes the cluster and the user if nothing else uses them. */
export function deleteContextCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("delete-context");
  return withEditFlags(command)
    .summary("Delete the specified context from the kubeconfig")
    .description("Delete the specified context from the kubeconfig.")
    .usage("<context...>")
    .argument("[context...]", "the contexts to delete: names, or patterns with * and ?")
    .addOption(yesOption())
    .addOption(
      new Option(
        "--cascade",
        "Delete the cluster and the user of the context too, unless another context uses them.",
      ).default(false),
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<DeleteContextFlags>();
      const { cascade } = flags;
      const access = editAccess(host, streams, command);
      if (command.args.length === 0) {
        access.startingConfig();
        throw new HelpRequest(command);
      }
      const words = command.args;
      const kind = { noun: "context", section: "contexts", file: access.defaultFilename } as const;
      await confirmDeletion(host, streams, access.startingConfig(), kind, words, flags);
      await runEdit(
        host,
        streams,
        command,
        (starting) => deleteContexts(starting, namesToDelete(starting, kind, words), cascade),
        ({ before }) => {
          const names = namesToDelete(before, kind, words);
          const after = deleteContexts(before, names, cascade);
          const gone = [
            ...names.map((name) => ["context", name, before.contexts.get(name)?.locationOfOrigin]),
            ...missingIn(after.clusters, before.clusters).map(([name, file]) => ["cluster", name, file]),
            ...missingIn(after.authInfos, before.authInfos).map(([name, file]) => ["user", name, file]),
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

function deleteContexts(config: Config, names: readonly string[], cascade: boolean): Config {
  const none = { cluster: undefined, user: undefined };
  return names.reduce(
    (left, name) => deleteContext(left, name, cascade ? cascadeOf(left, name) : none),
    config,
  );
}

function missingIn(
  after: ReadonlyMap<string, unknown>,
  before: ReadonlyMap<string, { readonly locationOfOrigin: string }>,
): readonly (readonly [name: string, file: string])[] {
  return [...before].flatMap(([name, { locationOfOrigin }]) =>
    after.has(name) ? [] : [[name, locationOfOrigin] as const],
  );
}

const EXAMPLES = `
Examples:
  # Delete the context for the minikube cluster
  kcfg delete-context minikube

  # Delete what only this context uses, too
  kcfg delete-context minikube --cascade

  # Delete all contexts whose names begin with kind-
  kcfg delete-context 'kind-*'`;
