import type { Config } from "../api/config.ts";
import { filepathFor } from "../go/filepath.ts";
import { resolveLocalPaths as resolveLocalPathsWith } from "../clientcmd/paths.ts";
import type { Host } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import { flattenConfig as flattenConfigOn } from "../loading/flatten.ts";
import { loadConfig as loadConfigOn, loadConfigFromFile as loadConfigFromFileOn } from "../loading/load.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules as defaultLoadingRulesOn } from "../loading/loading-rules.ts";

/**
 * The rules of kubectl: the files of the `KUBECONFIG` list, or `~/.kube/config` when that is not set; migration from
 * the very old `~/.kube/.kubeconfig`; paths made absolute; warnings dropped. client-go's
 * `NewDefaultClientConfigLoadingRules`.
 *
 * @param changes - fields that are to be otherwise, such as `{ explicitPath: "./kubeconfig" }`
 * @param host - default: the machine that Node runs on
 */
export function defaultLoadingRules(
  changes: Partial<LoadingRules> = {},
  host: Host = nodeHost,
): LoadingRules {
  return defaultLoadingRulesOn(host, changes);
}

/**
 * Loads and merges the kubeconfigs that the rules name. client-go's `ClientConfigLoadingRules.Load`.
 *
 * @param rules - default: {@link defaultLoadingRules}
 * @param host - default: the machine that Node runs on
 * @throws ConfigReadError when the explicit path does not exist
 * @throws InvalidConfigurationError with an error for every file that could not be read or parsed
 */
export function loadConfig(rules?: LoadingRules, host: Host = nodeHost): Config {
  return loadConfigOn(host, rules ?? defaultLoadingRulesOn(host));
}

/**
 * Loads one kubeconfig, with paths as they are written in it. client-go's `LoadFromFile`.
 *
 * @param host - default: the machine that Node runs on
 * @throws ConfigReadError when the file cannot be read
 * @throws ConfigParseError when kubectl would refuse its content
 */
export function loadConfigFromFile(file: string, host: Host = nodeHost): Config {
  return loadConfigFromFileOn(host, file);
}

/**
 * Makes a config self-contained: every certificate, key and CA file becomes data. client-go's `api.FlattenConfig`.
 *
 * @param host - default: the machine that Node runs on
 * @throws ConfigReadError when a file cannot be read
 * @throws InvalidConfigurationError for an entry that has both a path and data
 */
export function flattenConfig(config: Config, host: Host = nodeHost): Config {
  return flattenConfigOn(host, config);
}

/**
 * Makes every relative path of a config absolute, against the folder of the file it stands in. client-go's
 * `ResolveLocalPaths`. {@link loadConfig} does so by itself.
 *
 * @param host - default: the machine that Node runs on
 */
export function resolveLocalPaths(config: Config, host: Host = nodeHost): Config {
  return resolveLocalPathsWith(config, filepathFor(host), host.cwd());
}
