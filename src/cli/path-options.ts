import type { Host } from "../host/host.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules } from "../loading/loading-rules.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { IOStreams } from "./io-streams.ts";
import { log } from "./log.ts";

/** The verbosity at which missing files, and the files that were read, are logged: kubectl's. */
const MISSING = 1;
const LOADED = 6;
const PLACE = "load";

/**
 * Returns the loading rules of the commands that show and edit kubeconfigs: paths stay as they are written. client-go's
 * `NewDefaultPathOptions`.
 */
export function pathOptions(host: Host, streams: IOStreams, flags: GlobalFlags): LoadingRules {
  return defaultLoadingRules(host, {
    explicitPath: flags.kubeconfig,
    resolvePaths: false,
    ...logOfFiles(host, streams, flags),
  });
}

/** Logs which files are read, and that none of them exists, at the verbosity of `-v`. */
export function logOfFiles(
  host: Host,
  streams: IOStreams,
  flags: Pick<GlobalFlags, "v">,
): Pick<LoadingRules, "warn" | "loaded"> {
  return {
    warn: warnOfMissing(host, streams, flags),
    loaded:
      flags.v >= LOADED
        ? (file) => log(host, streams, PLACE, `Config loaded from file:  ${file}`)
        : undefined,
  };
}

/** Logs that none of the kubeconfigs exists, from `-v 1` on. */
export function warnOfMissing(
  host: Host,
  streams: IOStreams,
  { v }: Pick<GlobalFlags, "v">,
): (missing: readonly string[]) => void {
  return (missing) => {
    if (v >= MISSING) {
      log(host, streams, PLACE, `Config not found: ${missing.join(", ")}`);
    }
  };
}
