import { Option } from "commander";
import type { Config, Context } from "../../api/config.ts";
import { newContext } from "../../api/config.ts";
import { didYouMean } from "../../codec/did-you-mean.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import type { EditFlags } from "../edit.ts";
import { flagIfSet, runEdit, textFlag, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";

interface SetContextFlags extends EditFlags {
  readonly current: boolean;
  readonly from: string;
}

/** Creates `kcfg set-context`: creates or changes a context. */
export function setContextCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("set-context");
  return withEditFlags(command)
    .summary("Set a context entry in kubeconfig")
    .description(
      "Set a context entry in kubeconfig.\n\n" +
        "Specifying a name that already exists will merge new fields on top of existing values for those fields.",
    )
    .argument("[context]", "the context to make or change")
    .addOption(new Option("--current", "Modify the current context.").default(false))
    .addOption(textFlag("--cluster <cluster>", "Cluster of the context entry."))
    .addOption(textFlag("--user <user>", "User of the context entry."))
    .addOption(textFlag("-n, --namespace <namespace>", "Namespace of the context entry."))
    .addOption(textFlag("--from <context>", "Make the context as a copy of another one."))
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<SetContextFlags>();
      if (command.args.length > 1) {
        throw unexpectedArgs(command);
      }
      const [asked = ""] = command.args;
      if (asked === "" && !flags.current) {
        throw new Error("you must specify a non-empty context name or --current");
      }
      if (asked !== "" && flags.current) {
        throw new Error("you cannot specify both a context name and --current");
      }
      const nameIn = (config: Config): string => (flags.current ? config.currentContext : asked);
      await runEdit(
        host,
        streams,
        command,
        (starting) => {
          const name = nameIn(starting);
          if (name === "") {
            throw new Error("no current context is set");
          }
          const context =
            flagIfSet(command, "from", flags.from) === undefined
              ? (starting.contexts.get(name) ?? newContext())
              : copyOf(starting, flags.from, name);
          const changed = {
            ...context,
            cluster: flagIfSet(command, "cluster", flags.cluster) ?? context.cluster,
            authInfo: flagIfSet(command, "user", flags.user) ?? context.authInfo,
            namespace: flagIfSet(command, "namespace", flags.namespace) ?? context.namespace,
          };
          return { ...starting, contexts: new Map([...starting.contexts, [name, changed]]) };
        },
        ({ before }) => {
          const name = nameIn(before);
          return `Context ${goQuote(name)} ${before.contexts.has(name) ? "modified" : "created"}.\n`;
        },
      );
    });
}

/** Copies a context, which becomes an entry of the file to which new ones go. */
function copyOf({ contexts }: Config, from: string, name: string): Context {
  const context = contexts.get(from);
  if (context === undefined) {
    throw new Error(`no context exists with the name: ${goQuote(from)}${didYouMean(from, contexts.keys())}`);
  }
  if (contexts.has(name)) {
    throw new Error(`a context with the name ${goQuote(name)} exists already; --from makes a new one`);
  }
  return { ...context, locationOfOrigin: "" };
}

const EXAMPLES = `
Examples:
  # Set the user field on the gce context entry without touching other values
  kcfg set-context gce --user=cluster-admin

  # Work in another namespace from now on
  kcfg set-context --current --namespace=web

  # Copy a context, with another namespace
  kcfg set-context gce-web --from gce --namespace=web`;
