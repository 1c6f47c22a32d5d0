import { Option } from "commander";
import { minifyConfig } from "../../clientcmd/minify.ts";
import { redactSecrets, shortenConfig } from "../../clientcmd/redact.ts";
import type { Config } from "../../api/config.ts";
import { encodeConfig } from "../../codec/kubeconfig/encode.ts";
import { configToV1 } from "../../codec/kubeconfig/to-v1.ts";
import type { ScalarPrecedence } from "../../clientcmd/merge.ts";
import type { Host } from "../../host/host.ts";
import { flattenConfig } from "../../loading/flatten.ts";
import { loadConfigFromFile, loadStartingConfig } from "../../loading/load.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { pathOptions } from "../path-options.ts";
import { PflagCommand } from "../pflag-command.ts";
import { printerFor } from "../print-options.ts";
import type { PrintFlags } from "../printers/printer.ts";

interface ViewFlags extends GlobalFlags, PrintFlags {
  readonly merge: boolean;
  readonly merged: boolean;
  readonly raw: boolean;
  readonly flatten: boolean;
  readonly minify: boolean;
  readonly scalars: ScalarPrecedence;
}

/** `kcfg view`: the kubeconfig that a client sees, merged from all files, with secrets redacted. */
export function viewCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("view");
  return command
    .summary("Display merged kubeconfig settings or a specified kubeconfig file")
    .description(
      "Display merged kubeconfig settings or a specified kubeconfig file.\n\n" +
        "You can use --output jsonpath={...} to extract specific values using a jsonpath expression, or\n" +
        "--output go-template={{...}} for Go templates.",
    )
    .addOption(
      new Option("--allow-missing-template-keys", "Let templates name keys that do not exist.").default(true),
    )
    .addOption(
      new Option(
        "--flatten",
        "Replace the files that the config names by their content, for a portable config.",
      ),
    )
    .addOption(new Option("--merge", "Merge the full hierarchy of kubeconfig files.").default(true))
    .addOption(new Option("--merged", "The same as --merge."))
    .addOption(new Option("--minify", "Leave out all that the current context does not use."))
    .addOption(
      new Option(
        "-o, --output <format>",
        "Output format: yaml, json, kyaml, name, go-template=…, go-template-file=…, jsonpath=…, jsonpath-as-json=…, jsonpath-file=….",
      ).default("yaml"),
    )
    .addOption(new Option("--raw", "Show certificate data and secrets."))
    .addOption(
      new Option("--scalars <first|last>", "Which file gives current-context when several set it.").default(
        "first",
      ),
    )
    .addOption(new Option("--show-managed-fields", "Has no effect: a kubeconfig has no managed fields."))
    .addOption(
      new Option(
        "--template <text>",
        "The template, or its file, for an output format that takes one; without -o, a Go template.",
      ).default(""),
    )
    .addHelpText("after", EXAMPLES)
    .action(async () => {
      const flags = command.opts<ViewFlags>();
      if (command.args.length > 0) {
        throw command.usageError(`unexpected arguments: [${command.args.join(" ")}]`);
      }
      if (flags.scalars !== "first" && flags.scalars !== "last") {
        throw command.usageError(`--scalars must be first or last, not ${JSON.stringify(flags.scalars)}`);
      }
      const print = await printerFor(host, command);
      const config = present(host, flags, load(host, streams, flags));
      streams.out.write(print({ document: () => configToV1(config), yaml: () => encodeConfig(config) }));
    });
}

const EXAMPLES = `
Examples:
  # Show merged kubeconfig settings
  kcfg view

  # Show merged kubeconfig settings, raw certificate data, and exposed secrets
  kcfg view --raw

  # Get the server of the current context
  kcfg view --minify -o jsonpath='{.clusters[0].cluster.server}'

  # List the users
  kcfg view -o go-template='{{range .users}}{{.name}}{{"\\n"}}{{end}}'`;

function load(host: Host, streams: IOStreams, flags: ViewFlags): Config {
  if (flags.merged ?? flags.merge) {
    return loadStartingConfig(host, {
      ...pathOptions(host, streams, flags),
      scalarPrecedence: flags.scalars,
    });
  }
  if (flags.kubeconfig === "") {
    throw new Error("if merge==false a precise file must be specified");
  }
  return loadConfigFromFile(host, flags.kubeconfig);
}

function present(host: Host, flags: ViewFlags, loaded: Config): Config {
  const config = flags.minify
    ? minifyConfig(flags.context === "" ? loaded : { ...loaded, currentContext: flags.context })
    : loaded;
  if (flags.flatten) {
    return flattenConfig(host, config);
  }
  return flags.raw ? config : shortenConfig(redactSecrets(config));
}
