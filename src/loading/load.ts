import type { Config } from "../api/config.ts";
import { newConfig } from "../api/config.ts";
import { filepathFor } from "../go/filepath.ts";
import { mergeConfigs } from "../clientcmd/merge.ts";
import { resolveLocalPaths } from "../clientcmd/paths.ts";
import { ConfigParseError, ConfigReadError, InvalidConfigurationError, isFileNotFound } from "../errors.ts";
import type { Host, FileStat } from "../host/host.ts";
import { readFile, stat, isPermissionDenied, writeFile } from "./file-system.ts";
import { KUBECONFIG_LIMIT } from "./size-limits.ts";
import type { LoadingRules } from "./loading-rules.ts";

/** Decodes a kubeconfig's content: as a rule `decodeConfig`, or `decodeConfigWithoutData`. */
export type Decode = (data: Uint8Array, file: string) => Config;

/** Loads and merges the kubeconfigs that the rules name, as the library's `loadConfig` does. */
export function loadConfig(host: Host, rules: LoadingRules, decode: Decode): Config {
  const { loaded } = loadFiles(host, rules, (_host, file) => loadConfigFromFile(host, file, decode));
  return mergeLoaded(host, rules, loaded);
}

/** Merges the configs of files, highest precedence first. */
export function mergeLoaded(host: Host, rules: LoadingRules, configs: readonly Config[]): Config {
  const merged = mergeConfigs(configs, rules.scalarPrecedence);
  return rules.resolvePaths ? resolveLocalPaths(merged, filepathFor(host), host.cwd()) : merged;
}

/**
 * Loads as {@link loadConfig}, but returns an empty config when the explicit path does not exist: the starting point of
 * the commands of `kubectl config`. client-go's `PathOptions.GetStartingConfig`.
 *
 * @throws InvalidConfigurationError with an error for every file that could not be read or parsed
 */
export function loadStartingConfig(host: Host, rules: LoadingRules, decode: Decode): Config {
  try {
    return loadConfig(host, rules, decode);
  } catch (error) {
    if (isFileNotFound(error)) {
      return newConfig();
    }
    throw error;
  }
}

/** Loads one kubeconfig, with paths as they are written in it, as the library's `loadConfigFromFile` does. */
export function loadConfigFromFile(host: Host, file: string, decode: Decode): Config {
  return decode(readFile(host, file, KUBECONFIG_LIMIT), file);
}

/** Refuses a missing file. One that cannot be read is an error of its own, with the file's name. */
function requireFile(host: Host, path: string): void {
  try {
    stat(host, path);
  } catch (error) {
    if (isFileNotFound(error)) {
      throw error;
    }
  }
}

/** The decoded files, highest precedence first. */
export interface LoadedFiles<T> {
  readonly loaded: readonly T[];
  /** The names of files that do not exist. */
  readonly missing: readonly string[];
}

/**
 * Migrates, then reads the files of the rules, each by itself.
 *
 * @throws ConfigReadError when the explicit path does not exist
 * @throws InvalidConfigurationError with an error for every file that could not be read or parsed
 */
export function loadFiles<T>(
  host: Host,
  rules: LoadingRules,
  load: (host: Host, file: string) => T,
): LoadedFiles<T> {
  migrate(host, rules.migrationRules);
  if (rules.explicitPath !== "") {
    requireFile(host, rules.explicitPath);
  }
  const files = rules.explicitPath === "" ? rules.precedence : [rules.explicitPath];
  const found = loadEach(
    host,
    files.filter((file) => file !== ""),
    (on, file) => {
      const content = load(on, file);
      rules.loaded?.(file);
      return content;
    },
  );
  if (rules.warnIfAllMissing && found.missing.length > 0 && found.loaded.length === 0) {
    rules.warn(found.missing);
  }
  return found;
}

function loadEach<T>(
  host: Host,
  files: readonly string[],
  load: (host: Host, file: string) => T,
): LoadedFiles<T> {
  const loaded: T[] = [];
  const missing: string[] = [];
  const errors: Error[] = [];
  for (const file of files) {
    try {
      loaded.push(load(host, file));
    } catch (error) {
      if (isFileNotFound(error)) {
        missing.push(file);
      } else if (error instanceof ConfigReadError) {
        errors.push(
          new ConfigReadError(`error loading config file "${file}": ${error.message}`, file, error.cause),
        );
      } else if (error instanceof ConfigParseError) {
        errors.push(error);
      } else {
        throw error;
      }
    }
  }
  if (errors.length > 0) {
    throw new InvalidConfigurationError(errors);
  }
  return { loaded, missing };
}

/**
 * Copies files from where older clients kept them to where they belong now, if nothing is there yet. client-go's
 * `ClientConfigLoadingRules.Migrate`.
 *
 * @param rules - destination to source
 * @throws ConfigReadError when a file cannot be examined, read or written, except for lack of permission to examine it
 */
function migrate(host: Host, rules: ReadonlyMap<string, string>): void {
  for (const [destination, source] of rules) {
    if (lookAt(host, destination) === "missing") {
      const found = lookAt(host, source);
      if (typeof found === "object") {
        if (found.isDirectory) {
          throw new ConfigReadError(
            `cannot migrate ${source} to ${destination} because it is a directory`,
            source,
          );
        }
        // kubectl's newest clients keep the mode too; older ones let everybody read what was private.
        writeFile(host, destination, readFile(host, source, KUBECONFIG_LIMIT), found.mode & PERMISSIONS);
      }
    }
  }
}

const PERMISSIONS = 0o777;

function lookAt(host: Host, path: string): FileStat | "missing" | "forbidden" {
  try {
    return stat(host, path);
  } catch (error) {
    if (isFileNotFound(error)) {
      return "missing";
    }
    if (isPermissionDenied(error)) {
      return "forbidden";
    }
    throw error;
  }
}
