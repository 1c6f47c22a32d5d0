import type { Config } from "../../api/config.ts";
import { filepathFor } from "../../go/filepath.ts";
import type { Host } from "../../host/host.ts";
import { homeDir } from "../../loading/home-dir.ts";
import { loadStartingConfig } from "../../loading/load.ts";
import { defaultLoadingRules } from "../../loading/loading-rules.ts";

/**
 * The kubeconfig that the command line would work on. Nothing is migrated or told.
 *
 * @param explicitPath - the value of `--kubeconfig`, which no shell has seen to yet: `~/` stands for the home folder
 * @throws what loading throws
 */
export function configAtHand(host: Host, explicitPath: string): Config {
  const path = explicitPath.startsWith("~/")
    ? filepathFor(host).join(homeDir(host), explicitPath.slice(2))
    : explicitPath;
  return loadStartingConfig(
    host,
    defaultLoadingRules(host, {
      explicitPath: path,
      resolvePaths: false,
      migrationRules: new Map(),
      warnIfAllMissing: false,
    }),
  );
}
