import type { Config } from "../api/config.ts";
import { redactUrlPassword } from "../api/redaction.ts";
import { absoluteDir, resolveLocalPaths } from "../clientcmd/paths.ts";
import { clusterHazards } from "./cluster-hazards.ts";
import { clusterFileHazards, userFileHazards } from "./file-hazards.ts";
import type { FileHazardFacts } from "./file-hazards.ts";
import type { NamedFileFacts } from "./file-places.ts";
import { filePlaces } from "./file-places.ts";
import type { Hazard } from "./hazard.ts";
import type { PluginFacts } from "./plugin-hazards.ts";
import { pluginHazards } from "./plugin-hazards.ts";

/** What must be known to find a config's hazards. */
export interface HazardFacts extends PluginFacts {
  readonly files: NamedFileFacts;
  /** The current directory, absolute. */
  readonly cwd: string;
  /** The user's home directory; `""` if it is not known. */
  readonly home: string;
  /** Reports whether an entry is to be examined. */
  isInScope(kind: Hazard["kind"], name: string): boolean;
}

/**
 * Finds the effects of a config on its user, beyond giving access to clusters: programs that it runs, files that it
 * reads or sends, protection that it turns off, proxies. Opens and runs nothing.
 *
 * @param config - with paths as they are written in the files, and entries with their origins
 */
export function* findHazards(config: Config, facts: HazardFacts): Generator<Hazard> {
  const { filepath, cwd } = facts;
  const resolved = resolveLocalPaths(config, filepath, cwd);
  const fileFacts: FileHazardFacts = {
    files: facts.files,
    places: filePlaces(filepath, facts.home, facts.files),
    folderOf: (origin) => (origin === "" ? undefined : absoluteDir(origin, filepath, cwd)),
  };
  for (const [name, cluster] of resolved.clusters) {
    if (facts.isInScope("cluster", name)) {
      yield* clusterHazards(name, cluster);
      yield* clusterFileHazards(name, cluster, fileFacts);
    }
  }
  const servers = serversByUser(config);
  for (const [name, user] of resolved.authInfos) {
    if (facts.isInScope("user", name)) {
      yield* pluginHazards(name, config.authInfos.get(name) ?? user, user, facts);
      yield* userFileHazards(name, user, [...(servers.get(name) ?? [])], fileFacts);
      if (user.impersonate !== "") {
        yield { code: "impersonation", kind: "user", name, field: ["as"], detail: "acts as another user" };
      }
    }
  }
}

/** Returns the servers that receive each user's credentials, without passwords of URLs. */
function serversByUser({ contexts, clusters }: Config): ReadonlyMap<string, ReadonlySet<string>> {
  const servers = new Map<string, Set<string>>();
  for (const { cluster, authInfo } of contexts.values()) {
    const server = clusters.get(cluster)?.server ?? "";
    if (server !== "") {
      const known = servers.get(authInfo) ?? new Set();
      known.add(redactUrlPassword(server));
      servers.set(authInfo, known);
    }
  }
  return servers;
}
