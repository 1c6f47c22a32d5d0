import type { Config } from "../../api/config.ts";
import { decodeConfigWithoutData } from "../../codec/kubeconfig/decode-config.ts";
import type { Host } from "../../host/host.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { pathOptions } from "../path-options.ts";
import { PflagCommand } from "../pflag-command.ts";

/** Creates `kcfg current-context`: the name of the current context. */
export function currentContextCommand(host: Host, streams: IOStreams): PflagCommand {
  const command = new PflagCommand("current-context");
  return command
    .summary("Display the current-context")
    .description("Display the current-context.")
    .addHelpText("after", "Examples:\n  # The name of the current context\n  kcfg current-context")
    .action(() => {
      const rules = pathOptions(host, streams, command.opts<GlobalFlags>());
      printCurrentContext(streams, loadStartingConfig(host, rules, decodeConfigWithoutData));
    });
}

/**
 * Prints the name of the current context.
 *
 * @throws Error in kubectl's words if there is none
 */
export function printCurrentContext(streams: IOStreams, { currentContext }: Config): void {
  if (currentContext === "") {
    throw new Error("current-context is not set");
  }
  streams.out.data(`${streams.out.name(currentContext)}\n`);
}
