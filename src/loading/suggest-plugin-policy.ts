import type { Config } from "../api/config.ts";
import type { PluginPolicy } from "../api/plugin-policy.ts";
import { ALLOWLIST, DENY_ALL, NO_POLICY } from "../api/plugin-policy.ts";
import type { PluginOutcome } from "../api/plugin-report.ts";
import { filepathFor } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import type { Host } from "../host/host.ts";
import { isKcfg } from "../policy/launchers.ts";
import { evaluatePlugins } from "./evaluate-plugins.ts";
import { launcherBehind } from "./launcher-behind.ts";

/** A policy, and the plugins that it denies. */
export interface SuggestedPolicy {
  readonly policy: PluginPolicy;
  /** Those that do not work today either, and those that run whatever a kubeconfig names. */
  readonly leftOut: readonly LeftOutPlugin[];
}

/** A plugin that no suggestion allows. */
export interface LeftOutPlugin {
  /** The name of the user. */
  readonly user: string;
  /** Why, and what to do where that can be said. */
  readonly reason: string;
  /** Whether it would run today, and is left out because it runs whatever a kubeconfig names. */
  readonly isLauncher: boolean;
}

/**
 * Suggests the narrowest policy under which every plugin runs that runs today without one: an allowlist of full paths.
 * A launcher (a shell, an interpreter, a program that runs others) is left out: a list with one allows every program.
 * `DenyAll` if nothing is left.
 *
 * @param config - with paths as they are written in the files
 * @param concerns - selects the plugins
 */
export function suggestPolicy(
  host: Host,
  config: Config,
  concerns: (plugin: PluginOutcome) => boolean,
): SuggestedPolicy {
  const plugins = evaluatePlugins(host, config, NO_POLICY, [])
    .filter(concerns)
    .map((plugin) => {
      const { user, resolvedPath = "" } = plugin;
      const fault = faultOf(host, plugin);
      const reason = fault ?? reasonAgainstLauncher(host, config, plugin);
      return { user, path: resolvedPath, reason, isLauncher: fault === undefined };
    });
  return {
    policy: narrowestPolicy(plugins.filter(({ reason }) => reason === undefined).map(({ path }) => path)),
    leftOut: plugins.flatMap(({ user, reason, isLauncher }) =>
      reason === undefined ? [] : [{ user, reason, isLauncher }],
    ),
  };
}

/** Makes the narrowest policy that allows these executables, each by its full path; without any, none may run. */
function narrowestPolicy(paths: Iterable<string>): PluginPolicy {
  const allowlist = [...new Set(paths)].map((command) => ({ command }));
  return allowlist.length === 0
    ? { credentialPluginPolicy: DENY_ALL, credentialPluginAllowlist: undefined }
    : { credentialPluginPolicy: ALLOWLIST, credentialPluginAllowlist: allowlist };
}

/** Returns why a plugin does not run today; undefined if it does. */
function faultOf(host: Host, { status, resolvedPath, reason }: PluginOutcome): string | undefined {
  const isUsable =
    status === "allowed" &&
    resolvedPath !== undefined &&
    filepathFor(host).clean(resolvedPath) === resolvedPath;
  return isUsable ? undefined : reason;
}

function reasonAgainstLauncher(
  host: Host,
  config: Config,
  { user, command, resolvedPath }: PluginOutcome,
): string | undefined {
  const launcher = launcherBehind(host, command, resolvedPath);
  return launcher === undefined
    ? undefined
    : whyNoLauncher(launcher, command, config.authInfos.get(user)?.exec?.args ?? [], host);
}

function whyNoLauncher(launcher: string, command: string, args: readonly string[], host: Host): string {
  const filepath = filepathFor(host);
  const which =
    launcher === command ? goQuote(command) : `${goQuote(command)} is ${goQuote(launcher)}, which`;
  const because = `${which} runs whatever a kubeconfig tells it to, so that to allow it is to allow every program`;
  if (isKcfg(launcher, filepath)) {
    return `${because}; kubectl obeys the policy by itself: for kubectl, name the real plugin as the command of the user`;
  }
  const [plugin = ""] = args;
  if (isKubectl(launcher, host) && /^[A-Za-z0-9][\w-]*$/.test(plugin)) {
    const name = `kubectl-${plugin.replaceAll("-", "_")}`;
    return `${because}; name the plugin's own executable as the command of the user: ${name}, without the argument ${plugin}`;
  }
  return `${because}; name the program that it runs as the command of the user, or write a program of your own that runs it and takes no arguments`;
}

function isKubectl(path: string, host: Host): boolean {
  return /^kubectl(?:\.exe)?$/i.test(filepathFor(host).base(path));
}
