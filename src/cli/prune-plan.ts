import type { AuthInfo } from "../api/auth-info.ts";
import type { Config } from "../api/config.ts";
import { without } from "../clientcmd/edits/delete.ts";
import { describeTime } from "../doctor/describe.ts";
import { goQuote } from "../go/quote.ts";

/** An entry that can go, and why. */
export interface Prunable {
  readonly noun: "context" | "cluster" | "user";
  readonly name: string;
  readonly reason: string;
}

/** Facts about the entries that the config does not have. */
export interface PruneFacts {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When the client certificate expires that is all that a user has; undefined for others. */
  readonly expiryOf: (user: AuthInfo) => number | undefined;
  /** The clusters whose servers did not answer. */
  readonly silent: ReadonlySet<string>;
}

/**
 * Finds what can go: contexts that lead nowhere, users whose certificates have expired, and the clusters and users that
 * no other context uses then. Without any context, everything is meant for flags, and nothing is unused.
 */
export function prunableEntries(config: Config, { now, expiryOf, silent }: PruneFacts): readonly Prunable[] {
  const expired = new Map<string, string>();
  for (const [name, user] of config.authInfos) {
    const expiry = expiryOf(user);
    if (expiry !== undefined && expiry < now) {
      expired.set(name, `client certificate expired ${describeTime(now - expiry)} ago`);
    }
  }
  const contexts: Prunable[] = [];
  for (const [name, { cluster, authInfo }] of config.contexts) {
    const reason =
      cluster !== "" && !config.clusters.has(cluster)
        ? `cluster ${goQuote(cluster)} does not exist`
        : authInfo !== "" && !config.authInfos.has(authInfo)
          ? `user ${goQuote(authInfo)} does not exist`
          : expired.has(authInfo)
            ? `user ${goQuote(authInfo)}: ${expired.get(authInfo) ?? ""}`
            : silent.has(cluster)
              ? `cluster ${goQuote(cluster)} does not answer`
              : undefined;
    if (reason !== undefined) {
      contexts.push({ noun: "context", name, reason });
    }
  }
  const rest = [...without(config.contexts, ...contexts.map(({ name }) => name)).values()];
  const unused = (
    noun: "cluster" | "user",
    names: Iterable<string>,
    usedBy: readonly string[],
    own: (name: string) => string | undefined,
  ): readonly Prunable[] => {
    const used = new Set(usedBy);
    return config.contexts.size === 0
      ? []
      : [...names]
          .filter((name) => !used.has(name))
          .map((name) => ({ noun, name, reason: own(name) ?? "no context uses it" }));
  };
  return [
    ...contexts,
    ...unused(
      "cluster",
      config.clusters.keys(),
      rest.map(({ cluster }) => cluster),
      (name) => (silent.has(name) ? "does not answer" : undefined),
    ),
    ...unused(
      "user",
      config.authInfos.keys(),
      rest.map(({ authInfo }) => authInfo),
      (name) => expired.get(name),
    ),
  ];
}

/** Removes entries. */
export function withoutEntries(config: Config, entries: readonly Prunable[]): Config {
  const names = (noun: Prunable["noun"]): readonly string[] =>
    entries.filter((entry) => entry.noun === noun).map(({ name }) => name);
  return {
    ...config,
    contexts: without(config.contexts, ...names("context")),
    clusters: without(config.clusters, ...names("cluster")),
    authInfos: without(config.authInfos, ...names("user")),
  };
}
