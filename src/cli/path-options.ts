import type { Host } from "../host/host.ts";
import { logOfFiles as logFiles } from "../loading/log-line.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules } from "../loading/loading-rules.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { IOStreams } from "./io-streams.ts";

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
  { v }: Pick<GlobalFlags, "v">,
): Pick<LoadingRules, "warn" | "loaded"> {
  return logFiles(host, v, (line) => streams.err.say(line));
}
