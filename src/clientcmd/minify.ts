import { entryMap } from "../api/entry-map.ts";
import type { Config } from "../api/config.ts";
import { InvalidConfigurationError } from "../errors.ts";

/**
 * Keeps only the current context, its cluster and its user. Preferences and extensions stay. client-go's
 * `api.MinifyConfig`.
 *
 * @throws InvalidConfigurationError when there is no current context, or it or what it names does not exist
 */
export function minifyConfig(config: Config): Config {
  const name = config.currentContext;
  if (name === "") {
    throw invalid("current-context must exist in order to minify");
  }
  const context = config.contexts.get(name);
  if (context === undefined) {
    throw invalid(`cannot locate context ${name}`);
  }
  return {
    ...config,
    contexts: entryMap([[name, context]]),
    clusters: pick(config.clusters, context.cluster, "cluster"),
    authInfos: pick(config.authInfos, context.authInfo, "user"),
  };
}

function pick<T>(entries: ReadonlyMap<string, T>, name: string, noun: string): ReadonlyMap<string, T> {
  if (name === "") {
    return entryMap();
  }
  const entry = entries.get(name);
  if (entry === undefined) {
    throw invalid(`cannot locate ${noun} ${name}`);
  }
  return entryMap([[name, entry]]);
}

function invalid(message: string): InvalidConfigurationError {
  return new InvalidConfigurationError([new Error(message)]);
}
