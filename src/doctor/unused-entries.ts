import type { Config } from "../api/config.ts";

/** The names of entries that are used by nothing. */
export interface UnusedEntries {
  readonly clusters: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
}

/**
 * Returns the clusters and users that no context names: none of any file, those that an earlier file hides included.
 * Where there is no context at all, everything is there for flags, and nothing is unused.
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
