import type { Option, ParseOptionsResult } from "commander";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import { isCredentialPlugin } from "../host/credential-plugin.ts";
import type { Host } from "../host/host.ts";
import { explicitKuberc } from "../kuberc/explicit-kuberc.ts";
import { isKubercDisabled } from "../loading/load-kuberc.ts";
import { policyInForce } from "../loading/own-kuberc.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { IOStreams } from "./io-streams.ts";
import { logKuberc } from "./log.ts";
import { PflagCommand } from "./pflag-command.ts";

/** The global flags that do not matter to a command that connects. */
const UNHEEDED: ReadonlySet<string> = new Set([
  "cacheDir",
  "logFlushFrequency",
  "matchServerVersion",
  "namespace",
  "profile",
  "profileOutput",
  "vmodule",
]);

/** A command that may come to run a credential plugin. Its help lists the flags that say how to connect. */
export class ConnectingCommand extends PflagCommand {
  /** The value of `--kuberc`. */
  #kuberc = "";

  override addOption(option: Option): this {
    return super.addOption(option.hideHelp(UNHEEDED.has(option.attributeName())));
  }

  override parseOptions(argv: readonly string[]): ParseOptionsResult {
    this.#kuberc = explicitKuberc(argv);
    return super.parseOptions(argv);
  }

  /**
   * Returns which plugins may run, as the kuberc says. Reports where kubectl, and so kcfg, does not honour what is
   * written there.
   *
   * @throws KubercError, PluginPolicyError for a kuberc that kubectl refuses to work with
   */
  pluginPolicy(host: Host, streams: IOStreams): PluginPolicy {
    // kubectl finds `--kuberc` also in the value of another flag; to a credential plugin nobody names a kuberc.
    const kuberc = isCredentialPlugin(host) ? "" : this.#kuberc;
    refuseDisabledKuberc(this, host, kuberc);
    const { policy, source } = policyInForce(host, kuberc, (warning) => {
      streams.err.sayLine(`warning: ${warning}`);
    });
    logKuberc(host, streams, this.opts<GlobalFlags>().v, source);
    return policy;
  }
}

/** Refuses `--kuberc` where kubectl knows no such flag. @throws UsageError */
export function refuseDisabledKuberc(command: PflagCommand, host: Host, kuberc: string): void {
  if (kuberc !== "" && isKubercDisabled(host)) {
    throw command.usageError("unknown flag: --kuberc (KUBECTL_KUBERC=false turns kuberc off)");
  }
}
