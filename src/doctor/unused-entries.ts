import type { Config } from "../api/config.ts";

/** The names of unused entries. */
export interface UnusedEntries {
  readonly clusters: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
}

/**
 * Returns the clusters and users that no context of any file names, including hidden contexts. Without any context,
 * everything is meant for flags, and nothing is unused.
 */
export function unusedEntries(configs: readonly Config[]): UnusedEntries {
  const contexts = configs.flatMap((config) => [...config.contexts.values()]);
  const without = (names: readonly string[], used: ReadonlySet<string>): ReadonlySet<string> =>
    new Set(contexts.length === 0 ? [] : names.filter((name) => !used.has(name)));
  return {
    clusters: without(
      configs.flatMap((config) => [...config.clusters.keys()]),
      new Set(contexts.map(({ cluster }) => cluster)),
    ),
    users: without(
      configs.flatMap((config) => [...config.authInfos.keys()]),
      new Set(contexts.map(({ authInfo }) => authInfo)),
    ),
  };
}
