import { decodeConfig } from "../codec/kubeconfig/decode-config.ts";
import type { Config } from "../api/config.ts";
import { newConfig } from "../api/config.ts";
import { isFileNotFound } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { statIfPossible } from "./file-system.ts";
import { loadConfig } from "./load.ts";
import type { LoadingRules } from "./loading-rules.ts";

/** The files of a configuration, to read and to change: client-go's `ConfigAccess`. */
export interface ConfigAccess {
  /** The files that are read, highest precedence first; some may not exist. */
  readonly loadingPrecedence: readonly string[];
  /** The explicit file; `""` if there is none. */
  readonly explicitFile: string;
  /** The file for values that have no file yet, such as a new entry. */
  readonly defaultFilename: string;
  /**
   * Returns the merged configuration, with paths as they are in the files; empty if the explicit file does not exist.
   *
   * @throws InvalidConfigurationError as `loadConfig` does
   */
  startingConfig(): Config;
  /** Returns the machine that the files are on; default: that of the caller. */
  host?(): Host;
}

/** Makes the access to the configuration that some rules load. client-go's `ClientConfigLoadingRules`. */
export function configAccess(host: Host, rules: LoadingRules): ConfigAccess {
  const { explicitPath, precedence } = rules;
  return {
    loadingPrecedence: explicitPath === "" ? precedence : [explicitPath],
    explicitFile: explicitPath,
    defaultFilename:
      explicitPath || (precedence.find((file) => statIfPossible(host, file)) ?? precedence[0] ?? ""),
    startingConfig: () => startingConfig(host, rules),
    host: () => host,
  };
}

function startingConfig(host: Host, rules: LoadingRules): Config {
  try {
    return loadConfig(host, { ...rules, resolvePaths: false }, decodeConfig);
  } catch (error) {
    if (isFileNotFound(error)) {
      return newConfig();
    }
    throw error;
  }
}

/**
 * Makes the access as {@link configAccess}, with the default file of `kubectl config`: the explicit file, else the
 * first file of the list that exists, else the last. client-go's `PathOptions`. Looked up on each use, since it depends
 * on which files exist.
 */
export function pathOptionsAccess(host: Host, rules: LoadingRules): ConfigAccess {
  const { explicitPath } = rules;
  const precedence = rules.precedence.filter((file) => file !== "");
  return {
    ...configAccess(host, rules),
    loadingPrecedence: explicitPath === "" ? precedence : [explicitPath],
    get defaultFilename() {
      return (
        explicitPath || (precedence.find((file) => statIfPossible(host, file)) ?? precedence.at(-1) ?? "")
      );
    },
  };
}
