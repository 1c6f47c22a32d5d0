import type { Config } from "../../api/config.ts";

/** Removes entries by name. */
export function without<T>(entries: ReadonlyMap<string, T>, ...names: readonly string[]): Map<string, T> {
  return new Map([...entries].filter(([name]) => !names.includes(name)));
}

/** The entries that are deleted with a context: the cluster and the user that no other context uses. */
export interface Cascade {
  readonly cluster: string | undefined;
  readonly user: string | undefined;
}

/** Finds the existing cluster and user of a context that no other context uses. */
export function cascadeOf(config: Config, name: string): Cascade {
  const context = config.contexts.get(name);
  const others = [...without(config.contexts, name).values()];
  const cluster = context?.cluster ?? "";
  const user = context?.authInfo ?? "";
  return {
    cluster:
      config.clusters.has(cluster) && !others.some((each) => each.cluster === cluster) ? cluster : undefined,
    user: config.authInfos.has(user) && !others.some((each) => each.authInfo === user) ? user : undefined,
  };
}

/** Deletes a context and its cascade. */
export function deleteContext(config: Config, name: string, { cluster, user }: Cascade): Config {
  return {
    ...config,
    contexts: without(config.contexts, name),
    clusters: cluster === undefined ? config.clusters : without(config.clusters, cluster),
    authInfos: user === undefined ? config.authInfos : without(config.authInfos, user),
  };
}
