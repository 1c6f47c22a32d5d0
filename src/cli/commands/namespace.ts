import type { Host } from "../../host/host.ts";
import { clientConfigOf } from "../client-config-of.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";

/** Creates `kcfg namespace`: the namespace of requests. */
export function namespaceCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("namespace");
  return command
    .summary("Display the effective namespace")
    .description(
      "Display the namespace that a client would use: that of --namespace, else that of the context, else that of the\n" +
        "pod that this runs in, else default.",
    )
    .addHelpText("after", EXAMPLES)
    .action(() => {
      if (command.args.length > 0) {
        throw command.usageError(`unexpected arguments: [${command.args.join(" ")}]`);
      }
      const { namespace } = clientConfigOf(host, streams, command.opts<GlobalFlags>()).namespace();
      streams.out.data(`${streams.out.name(namespace)}\n`);
    });
}

const EXAMPLES = `
Examples:
  # The namespace of the current context
  kcfg namespace

  # The namespace of another context
  kcfg namespace --context staging`;
