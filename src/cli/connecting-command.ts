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

/** The global flags that a command which connects ignores. */
const IGNORED_FLAGS: ReadonlySet<string> = new Set([
  "cacheDir",
  "logFlushFrequency",
  "matchServerVersion",
  "namespace",
  "profile",
  "profileOutput",
  "vmodule",
]);

/** A command that may run a credential plugin. Its help lists the flags of the connection. */
export class ConnectingCommand extends PflagCommand {
  /** The value of `--kuberc`. */
  #kuberc = "";

  override addOption(option: Option): this {
    return super.addOption(option.hideHelp(IGNORED_FLAGS.has(option.attributeName())));
  }

  override parseOptions(argv: readonly string[]): ParseOptionsResult {
    this.#kuberc = explicitKuberc(argv);
    return super.parseOptions(argv);
  }

  /**
   * Returns the plugin policy of the kuberc. Warns where kubectl, and so kcfg, does not honour it.
   *
   * @throws KubercError, PluginPolicyError for a kuberc that kubectl refuses to work with
   */
  pluginPolicy(host: Host, streams: IOStreams): PluginPolicy {
    // kubectl finds `--kuberc` also in the value of another flag; a credential plugin accepts no kuberc.
    const kuberc = isCredentialPlugin(host) ? "" : this.#kuberc;
    refuseDisabledKuberc(this, host, kuberc);
    const { policy, source } = policyInForce(host, kuberc, (warning) => {
      streams.err.sayLine(`warning: ${warning}`);
    });
    logKuberc(host, streams, this.opts<GlobalFlags>().v, source);
    return policy;
  }
}

/** Refuses `--kuberc` where kubectl has no such flag. @throws UsageError */
export function refuseDisabledKuberc(command: PflagCommand, host: Host, kuberc: string): void {
  if (kuberc !== "" && isKubercDisabled(host)) {
    throw command.usageError("unknown flag: --kuberc (KUBECTL_KUBERC=false turns kuberc off)");
  }
}
