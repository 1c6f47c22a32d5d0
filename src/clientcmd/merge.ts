import type { Config, Preferences } from "../api/config.ts";
import { newConfig, newPreferences } from "../api/config.ts";

/**
 * Which file wins for a scalar (`current-context`, `preferences.colors`) that several set: the first, as the real
 * kubectl does, or the last, as the article "Uniform API server access using clientcmd" has it.
 */
export type ScalarPrecedence = "first" | "last";

/**
 * Merges kubeconfigs, highest precedence first.
 *
 * The first file to define a name keeps the whole entry: two files that both define user "red" are never blended
 * field by field. An empty scalar sets nothing. Inputs are not modified. The rule of client-go's
 * `ClientConfigLoadingRules.Load`, as seen on kubectl 1.35 and 1.36.
 *
 * @param scalarPrecedence - default `"first"`
 */
export function mergeConfigs(
  configs: readonly Config[],
  scalarPrecedence: ScalarPrecedence = "first",
): Config {
  const byScalarPrecedence = scalarPrecedence === "first" ? configs : configs.toReversed();
  return newConfig({
    preferences: mergePreferences(configs),
    clusters: firstWins(configs.map((config) => config.clusters)),
    authInfos: firstWins(configs.map((config) => config.authInfos)),
    contexts: firstWins(configs.map((config) => config.contexts)),
    currentContext: byScalarPrecedence.find((config) => config.currentContext !== "")?.currentContext ?? "",
    extensions: firstWins(configs.map((config) => config.extensions)),
  });
}

/** Merges preferences. `colors: false` is Go's zero value: it counts as not set, so no precedence decides it. */
function mergePreferences(configs: readonly Config[]): Preferences {
  return newPreferences({
    colors: configs.some(({ preferences }) => preferences.colors),
    extensions: firstWins(configs.map(({ preferences }) => preferences.extensions)),
  });
}

function firstWins<T>(maps: readonly ReadonlyMap<string, T>[]): ReadonlyMap<string, T> {
  const [only, ...others] = maps.filter((map) => map.size > 0);
  if (only !== undefined && others.length === 0) return only;
  const merged = new Map<string, T>();
  for (const map of maps) {
    for (const [name, entry] of map) {
      if (!merged.has(name)) {
        merged.set(name, entry);
      }
    }
  }
  return merged;
}
