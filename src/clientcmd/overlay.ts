import type { AuthInfoFields } from "../api/auth-info.ts";
import { AuthInfo } from "../api/auth-info.ts";
import type { ClusterFields } from "../api/cluster.ts";
import { Cluster } from "../api/cluster.ts";
import type { Context } from "../api/config.ts";
import { isSet } from "../api/struct.ts";

/** What a field may hold; `undefined` is Go's nil. */
type Value =
  | AuthInfoFields[keyof AuthInfoFields]
  | ClusterFields[keyof ClusterFields]
  | Context[keyof Context];

/**
 * Lays one entry over another, field by field. client-go's `merge`:
 *
 * - what is not set in the upper entry (`""`, `false`, an empty list, no bytes, nothing) leaves the lower one's value
 * - maps are joined; of a key that both have, the upper one's value counts
 * - all else replaces: lists, bytes, and a plugin or an auth-provider as a whole
 */
export function overlayCluster(lower: Cluster, upper: Cluster): Cluster {
  return new Cluster(overlay<ClusterFields>(lower, upper));
}

/** Like {@link overlayCluster}, of users. */
export function overlayAuthInfo(lower: AuthInfo, upper: AuthInfo): AuthInfo {
  return new AuthInfo(overlay<AuthInfoFields>(lower, upper));
}

/** Like {@link overlayCluster}, of contexts. */
export function overlayContext(lower: Context, upper: Context): Context {
  return overlay<Context>(lower, upper);
}

function overlay<T extends object>(lower: T, upper: T): T {
  const merged: Record<string, Value> = { ...lower } as Record<string, Value>;
  for (const [field, above] of Object.entries(upper) as [string, Value][]) {
    const below = merged[field];
    if (above instanceof Map && below instanceof Map) {
      merged[field] = new Map([...below, ...above]) as Value;
    } else if (isSet(above)) {
      merged[field] = above;
    }
  }
  return merged as T;
}
