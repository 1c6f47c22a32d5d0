import { Option } from "commander";
import type { Config } from "../../api/config.ts";
import { compareGoStrings } from "../../go/order.ts";
import { InvalidConfigurationError } from "../../errors.ts";
import { decodeConfigWithoutData } from "../../codec/kubeconfig/decode-config.ts";
import type { Host } from "../../host/host.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { kubectlError } from "../kubectl-words.ts";
import { pathOptions } from "../path-options.ts";
import { commandPath, PflagCommand } from "../pflag-command.ts";
import { alignColumns } from "../../go/tabwriter.ts";

interface GetContextsFlags extends GlobalFlags {
  readonly output: string;
  readonly headers: boolean;
}

/** Creates `kcfg get-contexts`: the contexts as a table, or only their names. */
export function getContextsCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("get-contexts");
  return command
    .summary("Describe one or many contexts")
    .description("Display one or many contexts from the kubeconfig file.")
    .argument("[context...]", "the contexts to show; all when none is named")
    .addOption(new Option("--no-headers", "Print no line of column names."))
    .addOption(new Option("-o, --output <|name>", "Output format: name, for the names alone.").default(""))
    .addHelpText("after", EXAMPLES)
    .action(() => {
      const flags = command.opts<GetContextsFlags>();
      if (flags.output !== "" && flags.output !== "name") {
        throw new Error(
          `--output ${flags.output} is not available in ${commandPath(command)}; resetting to default output format`,
        );
      }
      const config = loadStartingConfig(host, pathOptions(host, streams, flags), decodeConfigWithoutData);
      const asked = command.args.length === 0 ? [...config.contexts.keys()] : command.args;
      const names = asked.filter((name) => config.contexts.has(name)).toSorted(compareGoStrings);
      const show = (text: string): string => streams.out.name(text);
      streams.out.data(
        alignColumns(
          flags.output === "name"
            ? names.map((name) => `${show(name)}\n`).join("")
            : table(config, names, flags, show),
        ),
      );
      const missing = asked.filter((name) => !config.contexts.has(name));
      if (missing.length > 0) {
        throw new InvalidConfigurationError(missing.map((name) => kubectlError(`context ${name} not found`)));
      }
    });
}

const EXAMPLES = `
Examples:
  # List all the contexts in your kubeconfig file
  kcfg get-contexts

  # Describe one context in your kubeconfig file
  kcfg get-contexts my-context`;

function table(
  config: Config,
  names: readonly string[],
  flags: GetContextsFlags,
  show: (text: string) => string,
): string {
  const rows = names.map((name) => {
    const context = config.contexts.get(name);
    const marker = name === config.currentContext ? "*" : " ";
    const texts = [name, context?.cluster, context?.authInfo, context?.namespace];
    return [marker, ...texts.map((text = "") => show(text))];
  });
  const headers = flags.headers ? [["CURRENT", "NAME", "CLUSTER", "AUTHINFO", "NAMESPACE"]] : [];
  return [...headers, ...rows].map((cells) => `${cells.join("\t")}\n`).join("");
}
