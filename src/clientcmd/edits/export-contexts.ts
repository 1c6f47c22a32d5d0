import type { Config } from "../../api/config.ts";
import { newConfig } from "../../api/config.ts";
import { goQuote } from "../../go/quote.ts";
import { InvalidConfigurationError } from "../../errors.ts";

/**
 * Returns a config with only these contexts, their clusters and users; the first context is current. Leaves out the
 * file's extensions and preferences.
 *
 * @param names - `[]` for the current context
 * @throws InvalidConfigurationError for each context that does not exist, or whose cluster or user does not
 */
export function exportContexts(config: Config, names: readonly string[]): Config {
  const wanted = names.length > 0 ? [...new Set(names)] : [config.currentContext];
  const errors: Error[] = [];
  const [clusters, authInfos, contexts] = [
    new Map<string, Config["clusters"] extends ReadonlyMap<string, infer C> ? C : never>(),
    new Map<string, Config["authInfos"] extends ReadonlyMap<string, infer U> ? U : never>(),
    new Map<string, Config["contexts"] extends ReadonlyMap<string, infer X> ? X : never>(),
  ];
  for (const name of wanted) {
    const context = config.contexts.get(name);
    if (context === undefined) {
      errors.push(
        new Error(
          name === "" ? "no current context is set" : `no context exists with the name: ${goQuote(name)}`,
        ),
      );
      continue;
    }
    contexts.set(name, context);
    copy("cluster", name, context.cluster, config.clusters, clusters, errors);
    copy("user", name, context.authInfo, config.authInfos, authInfos, errors);
  }
  if (errors.length > 0) {
    throw new InvalidConfigurationError(errors);
  }
  return newConfig({ clusters, authInfos, contexts, currentContext: wanted[0] ?? "" });
}

function copy<E>(
  noun: string,
  context: string,
  name: string,
  from: ReadonlyMap<string, E>,
  to: Map<string, E>,
  errors: Error[],
): void {
  const entry = from.get(name);
  if (entry !== undefined) {
    to.set(name, entry);
  } else if (name !== "") {
    errors.push(
      new Error(`context ${goQuote(context)} uses the ${noun} ${goQuote(name)}, which does not exist`),
    );
  }
}
