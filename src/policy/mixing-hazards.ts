import type { Config } from "../api/config.ts";
import type { Hazard } from "./hazard.ts";
import { quoteShort } from "./quote-short.ts";

/**
 * Finds where entries that are added to a config come together with those that it has: an added context that sends the
 * credentials of a present user to an added cluster, and a present context that names a cluster or user which only the
 * addition brings.
 *
 * @param before - the config without the added entries
 * @param after - the config with them
 * @param complete - the names of those present users that the addition has just so, with all their secrets
 */
export function* mixingHazards(
  before: Config,
  after: Config,
  complete: ReadonlySet<string> = new Set(),
): Generator<Hazard> {
  for (const [name, { cluster, authInfo }] of after.contexts) {
    const isNew = !before.contexts.has(name);
    const bringsCluster = after.clusters.has(cluster) && !before.clusters.has(cluster);
    const bringsUser = after.authInfos.has(authInfo) && !before.authInfos.has(authInfo);
    if (isNew && bringsCluster && before.authInfos.has(authInfo) && !complete.has(authInfo)) {
      yield {
        code: "borrowed-user",
        kind: "context",
        name,
        field: ["user"],
        detail: `uses your user ${quoteShort(authInfo)} with cluster ${quoteShort(cluster)}`,
      };
    }
    if (!isNew && (bringsCluster || bringsUser)) {
      const brought = bringsCluster ? `cluster ${quoteShort(cluster)}` : `user ${quoteShort(authInfo)}`;
      yield {
        code: "completed-context",
        kind: "context",
        name,
        field: [bringsCluster ? "cluster" : "user"],
        detail: `is a context of yours that has no ${brought} yet and would get this one`,
      };
    }
  }
}
