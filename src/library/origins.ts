import type { Host } from "../host/host.ts";
import { nodeHost } from "../host/node-host.ts";
import type { ConfigOrigins as ConfigOriginsOn } from "../loading/load-origins.ts";
import { loadOrigins as loadOriginsOn } from "../loading/load-origins.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules } from "../loading/loading-rules.ts";

/** A merged config that knows where everything in it comes from. */
export type ConfigOrigins = Pick<ConfigOriginsOn, "config" | "files" | "find">;

/**
 * Loads and merges as `loadConfig` does, and tells of every value the file, line and column that it comes from, and those that
 * it shadows:
 *
 * ```ts
 * loadOrigins().find(["clusters", "staging", "server"])?.position.line;
 * ```
 *
 * @param rules - default: `defaultLoadingRules()`
 * @param host - default: the machine that Node runs on
 * @throws ConfigReadError when the explicit path does not exist
 * @throws InvalidConfigurationError with an error for every file that could not be read or parsed
 */
export function loadOrigins(rules?: LoadingRules, host: Host = nodeHost): ConfigOrigins {
  const origins = loadOriginsOn(host, rules ?? defaultLoadingRules(host));
  return { config: origins.config, files: origins.files, find: (path) => origins.find(path) };
}
