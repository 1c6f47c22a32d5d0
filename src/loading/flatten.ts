import { entryMap } from "../api/entry-map.ts";
import type { AuthInfo } from "../api/auth-info.ts";
import type { Cluster } from "../api/cluster.ts";
import type { Config } from "../api/config.ts";
import { filepathFor } from "../go/filepath.ts";
import { absoluteDir, resolvePath } from "../clientcmd/paths.ts";
import { sortedByName } from "../go/order.ts";
import { InvalidConfigurationError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { readFile } from "./file-system.ts";
import { CREDENTIAL_LIMIT } from "./size-limits.ts";

/**
 * Makes a config self-contained: replaces the path of every certificate, key and CA file by its data. Relative paths
 * are resolved against the file of the entry. client-go's `api.FlattenConfig`.
 *
 * Users come before clusters, each in the order of their names; the first fault ends it (in kubectl the order, and so
 * the reported fault, is random).
 *
 * @throws ConfigReadError when a file cannot be read
 * @throws InvalidConfigurationError for an entry that has both a path and data
 */
export function flattenConfig(host: Host, config: Config): Config {
  return {
    ...config,
    authInfos: inNameOrder(config.authInfos, (user) => flattenAuthInfo(host, user)),
    clusters: inNameOrder(config.clusters, (cluster) => flattenCluster(host, cluster)),
  };
}

function flattenAuthInfo(host: Host, user: AuthInfo): AuthInfo {
  const certificate = flattenContent(
    host,
    user.clientCertificate,
    user.clientCertificateData,
    user.locationOfOrigin,
  );
  const key = flattenContent(host, user.clientKey, user.clientKeyData, user.locationOfOrigin);
  return user.with({
    clientCertificate: "",
    clientCertificateData: certificate,
    clientKey: "",
    clientKeyData: key,
  });
}

function flattenCluster(host: Host, cluster: Cluster): Cluster {
  const { certificateAuthority, certificateAuthorityData, locationOfOrigin } = cluster;
  return cluster.with({
    certificateAuthority: "",
    certificateAuthorityData: flattenContent(
      host,
      certificateAuthority,
      certificateAuthorityData,
      locationOfOrigin,
    ),
  });
}

function flattenContent(
  host: Host,
  path: string,
  data: Uint8Array | undefined,
  locationOfOrigin: string,
): Uint8Array | undefined {
  if (path === "") {
    return data;
  }
  if (data !== undefined && data.length > 0) {
    throw new InvalidConfigurationError([new Error("cannot have values for both path and contents")]);
  }
  const filepath = filepathFor(host);
  return readFile(
    host,
    resolvePath(path, absoluteDir(locationOfOrigin, filepath, host.cwd()), filepath),
    CREDENTIAL_LIMIT,
  );
}

function inNameOrder<T>(entries: ReadonlyMap<string, T>, change: (entry: T) => T): ReadonlyMap<string, T> {
  return entryMap(sortedByName(entries).map(([name, entry]) => [name, change(entry)]));
}
