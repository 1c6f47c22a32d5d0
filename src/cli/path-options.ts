import type { Host } from "../host/host.ts";
import type { LoadingRules } from "../loading/loading-rules.ts";
import { defaultLoadingRules } from "../loading/loading-rules.ts";
import type { GlobalFlags } from "./global-flags.ts";
import type { IOStreams } from "./io-streams.ts";

/**
 * The loading rules of the commands that show and edit kubeconfigs: paths stay as they are written. Missing files are
 * told from `-v 1` on. client-go's `NewDefaultPathOptions`.
 */
export function pathOptions(host: Host, streams: IOStreams, flags: GlobalFlags): LoadingRules {
  return defaultLoadingRules(host, {
    explicitPath: flags.kubeconfig,
    resolvePaths: false,
    warn: warnOfMissing(streams, flags),
  });
}

/** Tells that none of the kubeconfigs exists, from `-v 1` on. */
export function warnOfMissing(
  streams: IOStreams,
  { v }: Pick<GlobalFlags, "v">,
): (missing: readonly string[]) => void {
  return (missing) => {
    if (v >= 1) {
      streams.err.write(`Config not found: ${missing.join(", ")}\n`);
    }
  };
}
