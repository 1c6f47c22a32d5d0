import { Option } from "commander";
import { setProperty } from "../../clientcmd/edits/set-property.ts";
import { goQuote } from "../../go/quote.ts";
import type { Host } from "../../host/host.ts";
import type { EditFlags } from "../edit.ts";
import { runEdit, unexpectedArgs, withEditFlags } from "../edit.ts";
import type { IOStreams } from "../io-streams.ts";
import { inKubectlWords } from "../kubectl-words.ts";
import { PflagCommand } from "../pflag-command.ts";

interface SetFlags extends EditFlags {
  readonly setRawBytes: boolean;
}

/** Creates `kcfg set`: sets one value. */
export function setCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("set");
  return withEditFlags(command)
    .summary("Set an individual value in a kubeconfig file")
    .description(
      "Set an individual value in a kubeconfig file.\n\n" +
        "PROPERTY is a dot delimited name where each token represents either an attribute name or a map key. " +
        "VALUE is the new value; binary fields such as certificate-authority-data expect base64 unless " +
        "--set-raw-bytes is given. Lists are separated by commas.",
    )
    .usage("<property> <value>")
    .argument("[property]", "such as clusters.my-cluster.server")
    .argument("[value]", "the new value")
    .addOption(
      new Option(
        "--set-raw-bytes",
        "Write a value of bytes as it is given, without base64 decoding.",
      ).default(false),
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const [property = "", value = ""] = command.args;
      if (command.args.length !== 2) {
        throw unexpectedArgs(command);
      }
      if (value === "") {
        throw new Error("you cannot use set to unset a property");
      }
      if (property === "") {
        throw new Error("you must specify a property");
      }
      const { setRawBytes } = command.opts<SetFlags>();
      await runEdit(
        host,
        streams,
        command,
        (starting) => inKubectlWords(() => setProperty(starting, property, value, setRawBytes)),
        () => `Property ${goQuote(property)} set.\n`,
        { relativizePaths: false },
      );
    });
}

const EXAMPLES = `
Examples:
  # Set the server field on the my-cluster cluster to https://1.2.3.4
  kcfg set clusters.my-cluster.server https://1.2.3.4

  # Set the namespace of a context whose name has dots
  kcfg set contexts.admin@10.0.0.1.namespace web

  # Set the arguments of a credential plugin, and one of its variables
  kcfg set users.admin.exec.args get-token,--profile,prod
  kcfg set users.admin.exec.env.AWS_PROFILE prod

  # Set the client-key-data field from text
  kcfg set users.admin.client-key-data "$(cat admin.key)" --set-raw-bytes`;
