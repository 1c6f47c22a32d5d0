import type { Config } from "../../../api/config.ts";
import { filepathFor } from "../../../go/filepath.ts";
import { resolveLocalPaths } from "../../../clientcmd/paths.ts";
import type { Host } from "../../../host/host.ts";
import { loadOriginsFromFile, loadStartingOrigins } from "../../../loading/load-origins.ts";
import type { LoadingRules } from "../../../loading/loading-rules.ts";
import type { Printable } from "../../print-options.ts";
import { annotatedYaml } from "./annotated-yaml.ts";
import { originsDocument } from "./origins-document.ts";
import type { PresentedOrigins } from "./presented-origins.ts";
import { placeNames } from "./show-place.ts";

/** The flags of `kcfg view` that affect origins. */
export interface OriginFlags {
  /** Replaces `current-context` if `minify` is set; `""` if it is not given. */
  readonly context: string;
  readonly flatten: boolean;
  readonly minify: boolean;
}

/**
 * Loads what `kcfg view` shows, with its origins.
 *
 * @param from - the rules by which files are merged, or a single file
 * @param present - makes the config that is shown
 */
export function viewOrigins(
  host: Host,
  from: LoadingRules | string,
  flags: OriginFlags,
  present: (config: Config) => Config,
): Printable {
  const origins =
    typeof from === "string" ? loadOriginsFromFile(host, from) : loadStartingOrigins(host, from);
  const presented: PresentedOrigins = {
    config: present(origins.config),
    origins,
    isContextFromFlag: flags.minify && flags.context !== "",
    contentOf: flags.flatten ? contentFinder(host, origins.config) : () => undefined,
  };
  return {
    document: () => originsDocument(presented),
    yaml: () => annotatedYaml(presented, placeNames(host)),
  };
}

/** Finds the files that `--flatten` reads. */
function contentFinder(host: Host, config: Config): PresentedOrigins["contentOf"] {
  const { clusters, authInfos } = resolveLocalPaths(config, filepathFor(host), host.cwd());
  return ([section, name, field]) => {
    if (typeof name !== "string") {
      return undefined;
    }
    const cluster = section === "clusters" ? clusters.get(name) : undefined;
    const user = section === "users" ? authInfos.get(name) : undefined;
    switch (field) {
      case "certificate-authority-data":
        return cluster?.certificateAuthority || undefined;
      case "client-certificate-data":
        return user?.clientCertificate || undefined;
      case "client-key-data":
        return user?.clientKey || undefined;
      default:
        return undefined;
    }
  };
}
