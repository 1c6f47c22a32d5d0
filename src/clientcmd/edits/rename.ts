import type { Config } from "../../api/config.ts";
import { didYouMean } from "../../codec/did-you-mean.ts";
import { goQuote } from "../../go/quote.ts";

/** Refuses a renaming, in the words of `kubectl config rename-context`. */
function refuse(
  noun: string,
  from: string,
  to: string,
  entries: ReadonlyMap<string, unknown>,
  file: string,
): void {
  if (!entries.has(from)) {
    throw new Error(
      `cannot rename the ${noun} ${goQuote(from)}, it's not in ${file}${didYouMean(from, entries.keys())}`,
    );
  }
  if (entries.has(to)) {
    throw new Error(
      `cannot rename the ${noun} ${goQuote(from)}, the ${noun} ${goQuote(to)} already exists in ${file}`,
    );
  }
}

/**
 * Renames a context, and `current-context` with it.
 *
 * @param file - named in errors
 * @throws Error if the context does not exist, or the new name does
 */
export function renameContext(config: Config, from: string, to: string, file: string): Config {
  refuse("context", from, to, config.contexts, file);
  return {
    ...config,
    contexts: withOtherKey(config.contexts, from, to),
    currentContext: config.currentContext === from ? to : config.currentContext,
  };
}

/** Renames a cluster, and the references to it in all contexts. @throws Error as {@link renameContext} does */
export function renameCluster(config: Config, from: string, to: string, file: string): Config {
  refuse("cluster", from, to, config.clusters, file);
  return {
    ...config,
    clusters: withOtherKey(config.clusters, from, to),
    contexts: withOtherReference(config, "cluster", from, to),
  };
}

/** Renames a user, and the references to it in all contexts. @throws Error as {@link renameContext} does */
export function renameUser(config: Config, from: string, to: string, file: string): Config {
  refuse("user", from, to, config.authInfos, file);
  return {
    ...config,
    authInfos: withOtherKey(config.authInfos, from, to),
    contexts: withOtherReference(config, "authInfo", from, to),
  };
}

function withOtherKey<T>(entries: ReadonlyMap<string, T>, from: string, to: string): ReadonlyMap<string, T> {
  return new Map(Array.from(entries, ([name, entry]) => [name === from ? to : name, entry]));
}

function withOtherReference(
  { contexts }: Config,
  field: "cluster" | "authInfo",
  from: string,
  to: string,
): Config["contexts"] {
  return new Map(
    Array.from(contexts, ([name, context]) => [
      name,
      context[field] === from ? { ...context, [field]: to } : context,
    ]),
  );
}
