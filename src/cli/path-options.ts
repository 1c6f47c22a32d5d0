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

/**
 * Returns the loading rules of a command that may be given files in the place of KUBECONFIG: they are merged in their
 * order, and each must exist.
 *
 * @throws Error for a file without a name, and for files next to `--kubeconfig`
 */
export function rulesForFiles(
  host: Host,
  streams: IOStreams,
  flags: GlobalFlags,
  files: readonly string[],
): LoadingRules {
  const rules = pathOptions(host, streams, flags);
  if (files.length === 0) {
    return rules;
  }
  if (files.includes("")) {
    throw new Error("a FILE has no name: is a variable empty?");
  }
  if (flags.kubeconfig !== "") {
    throw new Error("name the files, or give --kubeconfig: not both");
  }
  return { ...rules, precedence: [...new Set(files)], migrationRules: new Map() };
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
