import { unsetProperty } from "../../clientcmd/edits/set-property.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import { runEdit, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { inKubectlWords } from "../kubectl-words.ts";
import { PflagCommand } from "../pflag-command.ts";

/** Creates `kcfg unset`: removes one value, one entry or all entries. */
export function unsetCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("unset");
  return withEditFlags(command)
    .summary("Unset an individual value in a kubeconfig file")
    .description(
      "Unset an individual value in a kubeconfig file.\n\n" +
        "PROPERTY is a dot delimited name where each token represents either an attribute name or a map key.",
    )
    .usage("<property>")
    .argument("[property]", "such as contexts.foo.namespace")
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const [property = ""] = command.args;
      if (command.args.length !== 1) {
        throw unexpectedArgs(command);
      }
      if (property === "") {
        throw new Error("you must specify a property");
      }
      await runEdit(
        host,
        streams,
        command,
        (starting) => inKubectlWords(() => unsetProperty(starting, property)),
        () => `Property ${goQuote(property)} unset.\n`,
        { relativizePaths: false },
      );
    });
}

const EXAMPLES = `
Examples:
  # Unset the current-context
  kcfg unset current-context

  # Unset namespace in foo context
  kcfg unset contexts.foo.namespace`;
