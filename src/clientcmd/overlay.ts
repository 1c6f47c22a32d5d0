import type { AuthInfoFields } from "../api/auth-info.ts";
import { AuthInfo } from "../api/auth-info.ts";
import type { ClusterFields } from "../api/cluster.ts";
import { Cluster } from "../api/cluster.ts";
import type { Context } from "../api/config.ts";
import { newContext } from "../api/config.ts";
import { isSet } from "../api/struct.ts";

/** The value of a field; `undefined` is Go's nil. */
type Value =
  | AuthInfoFields[keyof AuthInfoFields]
  | ClusterFields[keyof ClusterFields]
  | Context[keyof Context];

/**
 * Overlays one entry on another, field by field. client-go's `merge`:
 *
 * - a field that the upper entry does not set (`""`, `false`, an empty list, no bytes, nothing) keeps the lower one's
 *   value
 * - maps are joined; for a key in both, the upper one's value wins
 * - everything else is replaced: lists, bytes, and a plugin or an auth-provider as a whole
 */
export function overlayCluster(lower: Cluster, upper: Cluster): Cluster {
  return new Cluster(overlay<ClusterFields>(lower, upper));
}

/** Overlays users as {@link overlayCluster} does clusters. */
export function overlayAuthInfo(lower: AuthInfo, upper: AuthInfo): AuthInfo {
  return new AuthInfo(overlay<AuthInfoFields>(lower, upper));
}

/** Overlays contexts as {@link overlayCluster} does clusters. */
export function overlayContext(lower: Context, upper: Context): Context {
  return newContext(overlay<Context>(lower, upper));
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
