import type { Config } from "../api/config.ts";
import { newConfig } from "../api/config.ts";
import { Origins } from "../clientcmd/origins.ts";
import type { ConfigPath, Origin, ValueDefinition } from "../clientcmd/origins.ts";
import { readConfigSource } from "../codec/kubeconfig/config-source.ts";
import type { ConfigSource } from "../codec/kubeconfig/config-source.ts";
import { isFileNotFound } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "./file-system.ts";
import { KUBECONFIG_LIMIT } from "./size-limits.ts";
import { loadFiles, mergeLoaded } from "./load.ts";
import type { LoadingRules } from "./loading-rules.ts";

/** A file of the rules. */
export interface OriginFile {
  /** Its path. */
  readonly file: string;
  /** Its own config, with paths as written; undefined if it does not exist. */
  readonly config: Config | undefined;
}

/** A merged config that knows the origin of every value. */
export interface ConfigOrigins {
  /** The result of `loadConfig`. */
  readonly config: Config;
  /** The files that the rules name, missing ones too, highest precedence first. */
  readonly files: readonly OriginFile[];
  /**
   * Returns the origin of a merged value: an entry, a field of one at whatever depth, `current-context`,
   * `preferences.colors`. Undefined if no file sets it, or only in an entry that another file's entry shadows.
   */
  find(path: ConfigPath): Origin | undefined;
  /** Returns the files' definitions of a value, the one that counts first. Files without one are left out. */
  definitions(path: ConfigPath): readonly ValueDefinition[];
}

/** Loads and merges as `loadConfig` does, and keeps the origins. Positions are found on demand. */
export function loadOrigins(host: Host, rules: LoadingRules): ConfigOrigins {
  const { loaded, missing } = loadFiles(host, rules, loadConfigSource);
  const configs = loaded.map(({ config }) => config);
  const names = rules.explicitPath === "" ? rules.precedence : [rules.explicitPath];
  return originsOf(loaded, rules, {
    config: mergeLoaded(host, rules, configs),
    names: names.filter((file) => file !== ""),
    missing: new Set(missing),
  });
}

/**
 * Loads as {@link loadOrigins}, but returns nothing when the explicit path does not exist, like `loadStartingConfig`.
 *
 * @throws InvalidConfigurationError with an error for every file that could not be read or parsed
 */
export function loadStartingOrigins(host: Host, rules: LoadingRules): ConfigOrigins {
  try {
    return loadOrigins(host, rules);
  } catch (error) {
    if (isFileNotFound(error)) {
      const names = [rules.explicitPath];
      return originsOf([], rules, { config: newConfig(), names, missing: new Set(names) });
    }
    throw error;
  }
}

/**
 * Loads one kubeconfig, as `loadConfigFromFile` does, and keeps the origins.
 *
 * @throws ConfigReadError when the file cannot be read
 * @throws ConfigParseError when kubectl would refuse its content
 */
export function loadOriginsFromFile(host: Host, file: string): ConfigOrigins {
  const source = loadConfigSource(host, file);
  const parts = { config: source.config, names: [file], missing: new Set<string>() };
  return originsOf([source], { scalarPrecedence: "first" }, parts);
}

function loadConfigSource(host: Host, file: string): ConfigSource {
  return readConfigSource(readFile(host, file, KUBECONFIG_LIMIT), file);
}

function originsOf(
  sources: readonly ConfigSource[],
  { scalarPrecedence }: Pick<LoadingRules, "scalarPrecedence">,
  { config, names, missing }: { config: Config; names: readonly string[]; missing: ReadonlySet<string> },
): ConfigOrigins {
  const origins = new Origins(sources, scalarPrecedence);
  const left = [...sources];
  return {
    config,
    files: names.map((file) => ({ file, config: missing.has(file) ? undefined : left.shift()?.config })),
    find: (path) => origins.find(path),
    definitions: (path) => origins.definitions(path),
  };
}
