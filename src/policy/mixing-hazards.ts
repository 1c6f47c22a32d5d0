import type { Config, Context } from "../api/config.ts";
import type { Hazard } from "./hazard.ts";
import { quoteShort } from "./quote-short.ts";

/**
 * Finds where entries that are added to a config come together with those that it has: an added context that uses a user
 * which is not added with it, unless a present context joins the two, and so sends that user's credentials to a cluster of the addition's choice; and a present context that names a cluster or user which only the
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
  const pairs = new Set(Array.from(before.contexts.values(), pairOf));
  for (const [name, context] of after.contexts) {
    const { cluster, authInfo } = context;
    const isNew = !before.contexts.has(name);
    // Not brought is also one that is in no file yet: it may be in another file of KUBECONFIG.
    const isBrought = !before.authInfos.has(authInfo) && after.authInfos.has(authInfo);
    const bringsCluster = after.clusters.has(cluster) && !before.clusters.has(cluster);
    if (isNew && authInfo !== "" && !isBrought && !complete.has(authInfo) && !pairs.has(pairOf(context))) {
      yield {
        code: "borrowed-user",
        kind: "context",
        name,
        field: ["user"],
        detail: `uses your user ${quoteShort(authInfo)} with cluster ${quoteShort(cluster)}`,
      };
    }
    if (!isNew && (bringsCluster || isBrought)) {
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

function pairOf({ cluster, authInfo }: Context): string {
  return JSON.stringify([cluster, authInfo]);
}
