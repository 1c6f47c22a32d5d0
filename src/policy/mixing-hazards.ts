import type { Config, Context } from "../api/config.ts";
import type { Hazard } from "./hazard.ts";
import { quoteShort } from "./quote-short.ts";

/**
 * Finds where added entries are combined with existing ones: an added context that uses a user which is not added with
 * it, unless an existing context joins the two, and so sends that user's credentials to a cluster of the addition's
 * choice; and an existing context that names a cluster or user which only the addition has.
 *
 * @param before - the config without the added entries
 * @param after - the config with them
 * @param complete - the names of the existing users that the addition has too, with all their secrets
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
    // A user that is in neither is not added either: it may be in another file of KUBECONFIG.
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
