import type { Host } from "../../host/host.ts";
import { globalFlags } from "../global-flags.ts";
import { flagLines } from "../help/flag-lines.ts";
import type { IOStreams } from "../io-streams.ts";
import { PflagCommand } from "../pflag-command.ts";

/** Creates `kcfg options`: the flags of every command. */
export function optionsCommand(_host: Host, streams: IOStreams): PflagCommand {
  return new PflagCommand("options")
    .summary("List the options that every command takes")
    .description(
      "List the global options: those of `kubectl options`, with kubectl's defaults. Every command takes all of them, before " +
        "and after its name, and heeds those that concern it.",
    )
    .addHelpText("after", "Examples:\n  # All global options\n  kcfg options")
    .action(() => {
      streams.out.say(`The following options can be passed to any command:\n\n${flagLines(globalFlags())}`);
    });
}
