import type { Config } from "../api/config.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import { NO_POLICY } from "../api/plugin-policy.ts";
import type { PluginOutcome } from "../api/plugin-report.ts";
import { filepathFor } from "../clientcmd/filepath.ts";
import type { Host } from "../host/host.ts";
import { narrowestPolicy } from "../kuberc/suggest-policy.ts";
import { judgePlugins } from "./check-plugins.ts";

/** A policy, and the plugins that it does not let run because they do not work today either. */
export interface SuggestedPolicy {
  readonly policy: PluginPolicy;
  readonly leftOut: readonly PluginOutcome[];
}

/**
 * The narrowest policy under which every plugin runs that runs today without one: an allowlist of full paths.
 *
 * @param config - with paths as they are written in the files
 * @param concerns - which plugins it is for
 */
export function suggestPolicy(
  host: Host,
  config: Config,
  concerns: (plugin: PluginOutcome) => boolean,
): SuggestedPolicy {
  const filepath = filepathFor(host);
  const isUsable = ({ status, resolvedPath }: PluginOutcome): boolean =>
    status === "allowed" && resolvedPath !== undefined && filepath.clean(resolvedPath) === resolvedPath;
  const plugins = judgePlugins(host, config, NO_POLICY).filter(concerns);
  return {
    policy: narrowestPolicy(plugins.filter(isUsable).map(({ resolvedPath = "" }) => resolvedPath)),
    leftOut: plugins.filter((plugin) => !isUsable(plugin)),
  };
}
