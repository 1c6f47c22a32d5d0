import { Option } from "commander";
import { filepathFor } from "../../go/filepath.ts";
import { encodeKuberc } from "../../codec/kuberc/encode-kuberc.ts";
import type { Host } from "../../host/host.ts";
import { validatePreference } from "../../kuberc/validate-preference.ts";
import { loadKuberc } from "../../loading/load-kuberc.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { logKuberc } from "../log.ts";
import { KubercFileCommand } from "../kuberc-file-command.ts";
import { printerFor } from "../print-options.ts";

/** Creates `kcfg kuberc view`: what kubectl reads from the kuberc. */
export function kubercViewCommand(host: Host, streams: IOStreams): KubercFileCommand {
  const command = new KubercFileCommand("view");
  return command
    .summary("Display the current kuberc configuration")
    .description(
      "Display what kubectl reads from the kuberc.\n\n" +
        "Of several documents in the file, it is the one that kubectl uses; a v1alpha1 document is shown in v1beta1's form. " +
        "A kuberc that kubectl refuses to work with is shown too, with the reason and exit code 1.",
    )
    .addOption(
      new Option("--allow-missing-template-keys", "Let templates name keys that do not exist.").default(true),
    )
    .addOption(
      new Option(
        "-o, --output <json|yaml|kyaml|name|go-template=|go-template-file=|template=|templatefile=|jsonpath=|jsonpath-as-json=|jsonpath-file=>",
        "Output format.",
      ).default("yaml"),
    )
    .addOption(new Option("--show-managed-fields", "Has no effect: a kuberc has no managed fields."))
    .addOption(
      new Option(
        "--template <text>",
        "The template, or its file, for an output format that takes one; without -o, a Go template.",
      ).default(""),
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      command.begin(host);
      const { location, preference, warnings, content } = loadKuberc(
        host,
        command.opts<GlobalFlags>().kuberc,
      );
      const used = preference === undefined ? undefined : location?.file;
      logKuberc(host, streams, command.opts<GlobalFlags>().v, used);
      for (const warning of warnings) {
        streams.err.sayLine(warning);
      }
      if (content === undefined) {
        streams.out.data(`kuberc file not found at ${streams.out.name(location?.file ?? "")}\n`);
        return;
      }
      if (preference === undefined && warnings.length > 0) {
        throw new Error(`kubectl uses nothing of ${location?.file}`);
      }
      const print = await printerFor(host, command);
      streams.out.data(print({ document: () => encodeKuberc(content.used) }));
      if (preference !== undefined) {
        validatePreference(preference, filepathFor(host));
      }
    });
}

const EXAMPLES = `
Examples:
  # View the kuberc in YAML
  kcfg kuberc view

  # View it in JSON
  kcfg kuberc view --output json

  # View a particular file
  kcfg kuberc view --kuberc examples/kuberc.yaml`;
