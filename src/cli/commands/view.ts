import { Option } from "commander";
import { minifyConfig } from "../../clientcmd/minify.ts";
import { redactAll, redactCredentials, redactSecrets, shortenConfig } from "../../clientcmd/redact.ts";
import type { Config } from "../../api/config.ts";
import { decodeConfig, decodeConfigWithoutData } from "../../codec/kubeconfig/decode-config.ts";
import { encodeConfig } from "../../codec/kubeconfig/encode-config.ts";
import { configToV1 } from "../../codec/kubeconfig/to-v1.ts";
import type { ScalarPrecedence } from "../../clientcmd/merge.ts";
import type { Host } from "../../host/host.ts";
import { flattenConfig } from "../../loading/flatten.ts";
import { loadConfigFromFile, loadStartingConfig } from "../../loading/load.ts";
import type { LoadingRules } from "../../loading/loading-rules.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { pathOptions } from "../path-options.ts";
import { PflagCommand } from "../pflag-command.ts";
import type { PrintFlags } from "../../printers/print-flags.ts";
import type { Printer } from "../print-options.ts";
import { printerFor } from "../print-options.ts";

interface ViewFlags extends GlobalFlags, PrintFlags {
  readonly merge: boolean;
  readonly merged: boolean;
  readonly raw: boolean;
  readonly redact: string;
  readonly flatten: boolean;
  readonly minify: boolean;
  readonly scalars: ScalarPrecedence;
  readonly showOrigin: boolean;
}

/** Creates `kcfg view`: the effective kubeconfig, merged from all files, with secrets redacted. */
export function viewCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("view");
  return command
    .summary("Display merged kubeconfig settings, or a kubeconfig file")
    .description(
      "Display merged kubeconfig settings or a specified kubeconfig file.\n\n" +
        "Hidden are tokens, passwords, client keys and certificate data. As in kubectl, shown are the arguments and variables of\n" +
        "credential plugins, the settings of auth-providers (refresh-token, client-secret), passwords in URLs, and extensions:\n" +
        "--redact=all hides them, too, and --show-origin hides all of them but extensions.\n\n" +
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
        "-o, --output <json|yaml|kyaml|name|go-template=|go-template-file=|template=|templatefile=|jsonpath=|jsonpath-as-json=|jsonpath-file=>",
        "Output format.",
      ).default("yaml"),
    )
    .addOption(new Option("--raw", "Show certificate data and secrets."))
    .addOption(
      new Option(
        "--redact <secrets|all>",
        "What to hide: secrets, as kubectl does; or all that could be one, for a config that others will see.",
      ).default("secrets"),
    )
    .addOption(
      new Option("--scalars <first|last>", "Which file gives current-context when several set it.").default(
        "first",
      ),
    )
    .addOption(
      new Option(
        "--show-origin",
        "Tell the file and line of each entry, and those that it shadows (yaml, json).",
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
      if (flags.redact !== "secrets" && flags.redact !== "all") {
        throw command.usageError(`--redact must be secrets or all, not ${JSON.stringify(flags.redact)}`);
      }
      if (flags.raw && flags.redact === "all") {
        throw command.usageError("--raw shows what --redact=all hides: give one of them");
      }
      const print = await printerFor(host, command);
      if (flags.showOrigin) {
        streams.out.data(await printOrigins(host, streams, command, print));
        return;
      }
      const config = present(host, flags, load(host, streams, flags));
      streams.out.data(print({ document: () => configToV1(config), yaml: () => encodeConfig(config) }));
    });
}

const EXAMPLES = `
Examples:
  # Show merged kubeconfig settings
  kcfg view

  # Show merged kubeconfig settings, raw certificate data, and exposed secrets
  kcfg view --raw

  # Show a kubeconfig to somebody else
  kcfg view --redact=all

  # Show which file each entry comes from, and what it shadows in other files
  kcfg view --show-origin

  # Get the server of the current context
  kcfg view --minify -o jsonpath='{.clusters[0].cluster.server}'

  # List the users
  kcfg view -o go-template='{{range .users}}{{.name}}{{"\\n"}}{{end}}'`;

/** Prints the output of `--show-origin`, whose modules are loaded only then. */
async function printOrigins(
  host: Host,
  streams: IOStreams,
  command: PflagCommand,
  print: Printer,
): Promise<string | Uint8Array> {
  const flags = command.opts<ViewFlags>();
  const isTemplate = flags.template !== "" && command.getOptionValueSource("output") !== "cli";
  if (!/^(?:yaml|json)$/i.test(flags.output) || isTemplate) {
    throw command.usageError("--show-origin goes with the output formats yaml and json only");
  }
  const { viewOrigins } = await import("../printers/origins/view-origins.ts");
  const file = fileToView(flags);
  return print(
    viewOrigins(host, file ?? mergeRules(host, streams, flags), flags, (config) =>
      present(host, flags, config),
    ),
  );
}

function load(host: Host, streams: IOStreams, flags: ViewFlags): Config {
  const file = fileToView(flags);
  const decode = flags.raw || flags.flatten ? decodeConfig : decodeConfigWithoutData;
  return file === undefined
    ? loadStartingConfig(host, mergeRules(host, streams, flags), decode)
    : loadConfigFromFile(host, file, decode);
}

/** Returns the only file to show; undefined if files are merged. */
function fileToView(flags: ViewFlags): string | undefined {
  if (flags.merged ?? flags.merge) {
    return undefined;
  }
  if (flags.kubeconfig === "") {
    throw new Error("if merge==false a precise file must be specified");
  }
  return flags.kubeconfig;
}

function mergeRules(host: Host, streams: IOStreams, flags: ViewFlags): LoadingRules {
  return { ...pathOptions(host, streams, flags), scalarPrecedence: flags.scalars };
}

function present(host: Host, flags: ViewFlags, loaded: Config): Config {
  const config = flags.minify
    ? minifyConfig(flags.context === "" ? loaded : { ...loaded, currentContext: flags.context })
    : loaded;
  const whole = flags.flatten ? flattenConfig(host, config) : config;
  if (flags.redact === "all") {
    return redactAll(whole);
  }
  if (flags.raw || flags.flatten) {
    return whole;
  }
  return flags.showOrigin ? redactCredentials(whole) : shortenConfig(redactSecrets(whole));
}
