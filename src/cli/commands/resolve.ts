import { writeJson } from "../../go/json.ts";
import { Option } from "commander";
import type { Host } from "../../host/host.ts";
import { clientConfigOf } from "../client-config-of.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";
import { printerFor } from "../print-options.ts";
import { resolvedDocument } from "../printers/resolved-document.ts";

interface ResolveFlags extends GlobalFlags {
  readonly output: string;
  readonly template: string;
  readonly raw: boolean;
}

/** Creates `kcfg resolve`: the effective client configuration, after all kubeconfigs, flags and the environment. */
export function resolveCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("resolve");
  return command
    .summary("Display the effective client configuration")
    .description(
      "Display the server, the credentials and the namespace that a client would use, after all kubeconfigs, flags and\n" +
        "the environment, with secrets redacted. Fails as kubectl would before it connects. No plugin is run.",
    )
    .addOption(
      new Option("--allow-missing-template-keys", "Let templates name keys that do not exist.").default(true),
    )
    .addOption(
      new Option(
        "-o, --output <json|yaml|kyaml|go-template=|go-template-file=|template=|templatefile=|jsonpath=|jsonpath-as-json=|jsonpath-file=>",
        "Output format.",
      ).default("yaml"),
    )
    .addOption(new Option("--raw", "Show certificate data and secrets."))
    .addOption(
      new Option(
        "--template <text>",
        "The template, or its file, for an output format that takes one; without -o, a Go template.",
      ).default(""),
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<ResolveFlags>();
      if (command.args.length > 0) {
        throw command.usageError(`unexpected arguments: [${command.args.join(" ")}]`);
      }
      const print = await printerFor(host, command);
      const clientConfig = clientConfigOf(host, streams, flags);
      const config = await clientConfig.clientConfig();
      const document = resolvedDocument(config, clientConfig.namespace(), flags.raw);
      const text = print({ document: () => document });
      const format = flags.template === "" ? flags.output.toLowerCase() : "";
      if (typeof text === "string" && format === "json") {
        streams.out.json(text);
      } else if (typeof text === "string" && format === "yaml") {
        streams.out.yaml(text, () => writeJson(document, 2));
      } else {
        streams.out.data(text);
      }
    });
}

const EXAMPLES = `
Examples:
  # What a client would use
  kcfg resolve

  # The server of another context
  kcfg resolve --context staging -o jsonpath='{.host}'

  # What becomes of flags
  kcfg resolve --server https://127.0.0.1:6443 --as admin --request-timeout 5s`;
