import type { Config } from "../../api/config.ts";
import { compareGoStrings } from "../../go/order.ts";
import { decodeConfigWithoutData } from "../../codec/kubeconfig/decode-config.ts";
import type { Host } from "../../host/host.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import type { GlobalFlags } from "../global-flags.ts";
import type { IOStreams } from "../io-streams.ts";
import { pathOptions } from "../path-options.ts";
import { PflagCommand } from "../pflag-command.ts";

/** Creates `kcfg get-clusters`: the names of the clusters, sorted (kubectl prints them in random order). */
export function getClustersCommand(host: Host, streams: IOStreams): PflagCommand {
  return getNamesCommand(
    host,
    streams,
    "get-clusters",
    "Display clusters defined in the kubeconfig",
    (config) => config.clusters.keys(),
  );
}

/** Creates `kcfg get-users`: the names of the users, sorted. */
export function getUsersCommand(host: Host, streams: IOStreams): PflagCommand {
  return getNamesCommand(host, streams, "get-users", "Display users defined in the kubeconfig", (config) =>
    config.authInfos.keys(),
  );
}

function getNamesCommand(
  host: Host,
  streams: IOStreams,
  name: string,
  summary: string,
  namesOf: (config: Config) => Iterable<string>,
): PflagCommand {
  const command = new PflagCommand(name);
  return command
    .summary(summary)
    .description(`${summary}.`)
    .addHelpText("after", `Examples:\n  # ${summary}\n  kcfg ${name}`)
    .action(() => {
      const rules = pathOptions(host, streams, command.opts<GlobalFlags>());
      const config = loadStartingConfig(host, rules, decodeConfigWithoutData);
      const names = [...namesOf(config)].toSorted(compareGoStrings);
      streams.out.data(["NAME", ...names].map((line) => `${streams.out.name(line)}\n`).join(""));
    });
}
