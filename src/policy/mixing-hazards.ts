import { isDeepStrictEqual } from "node:util";
import type { Cluster } from "../api/cluster.ts";
import type { Config, Context } from "../api/config.ts";
import { redactUrlPassword } from "../api/redaction.ts";
import type { Hazard } from "./hazard.ts";
import { quoteShort } from "./quote-short.ts";

/** A config with other entries added to it, or replaced by them. */
export interface Mixture {
  /** The config without the added entries. */
  readonly before: Config;
  /** The config with them. */
  readonly after: Config;
  /**
   * The names of the users whose credentials are the addition's own: those that it adds or replaces, and those that it
   * has too, with all their secrets.
   */
  readonly brought: ReadonlySet<string>;
}

/**
 * Finds where added entries are combined with existing ones: a context that uses a user which is not brought with it,
 * unless an existing context joins the two, and so sends that user's credentials to a cluster of the addition's choice;
 * an existing context that names a cluster or user which only the addition has; and a replaced cluster by which an
 * existing user's credentials go elsewhere.
 */
export function* mixingHazards({ before, after, brought }: Mixture): Generator<Hazard> {
  const pairs = new Set(Array.from(before.contexts.values(), pairOf));
  const redirected = new Set<string>();
  for (const [name, context] of after.contexts) {
    const { cluster, authInfo } = context;
    const old = before.contexts.get(name);
    const isSet = old === undefined || pairOf(old) !== pairOf(context);
    // A user that is in neither is not added either: it may be in another file of KUBECONFIG.
    const isBrought = !before.authInfos.has(authInfo) && after.authInfos.has(authInfo);
    const isForeign = authInfo !== "" && !isBrought && !brought.has(authInfo);
    const bringsCluster = after.clusters.has(cluster) && !before.clusters.has(cluster);
    if (isSet && isForeign && !pairs.has(pairOf(context))) {
      yield {
        code: "borrowed-user",
        kind: "context",
        name,
        field: ["user"],
        detail: `uses your user ${quoteShort(authInfo)} with cluster ${quoteShort(cluster)}`,
      };
    }
    if (!isSet && (bringsCluster || isBrought)) {
      const what = bringsCluster ? `cluster ${quoteShort(cluster)}` : `user ${quoteShort(authInfo)}`;
      yield {
        code: "completed-context",
        kind: "context",
        name,
        field: [bringsCluster ? "cluster" : "user"],
        detail: `is a context of yours that has no ${what} yet and would get this one`,
      };
    }
    const change = isForeign ? changeOfRoute(before.clusters.get(cluster), after.clusters.get(cluster)) : "";
    if (change !== "" && !redirected.has(pairOf(context))) {
      redirected.add(pairOf(context));
      yield {
        code: "redirected-user",
        kind: "cluster",
        name: cluster,
        field: ["server"],
        detail: `sends the credentials of your user ${quoteShort(authInfo)} ${change}`,
      };
    }
  }
}

function pairOf({ cluster, authInfo }: Context): string {
  return JSON.stringify([cluster, authInfo]);
}

/** The fields that decide who receives what is sent to a cluster. */
const ROUTE = [
  ["certificate-authority", "certificateAuthority"],
  ["certificate-authority-data", "certificateAuthorityData"],
  ["tls-server-name", "tlsServerName"],
  ["insecure-skip-tls-verify", "insecureSkipTlsVerify"],
  ["proxy-url", "proxyUrl"],
] as const satisfies readonly (readonly [string, keyof Cluster])[];

/** Describes where a cluster's requests go since it was replaced; `""` if that is the same. */
function changeOfRoute(before: Cluster | undefined, after: Cluster | undefined): string {
  if (before === undefined || after === undefined || before === after) {
    return "";
  }
  const server = quoteShort(redactUrlPassword(after.server));
  if (before.server !== after.server) {
    return `to ${server} instead of ${quoteShort(redactUrlPassword(before.server))}`;
  }
  const fields = ROUTE.filter(([, key]) => !isDeepStrictEqual(bytes(before[key]), bytes(after[key])));
  return fields.length === 0
    ? ""
    : `to ${server} with another ${fields.map(([field]) => field).join(" and ")}`;
}

function bytes(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value) : value;
}
