import type { AuthInfo } from "../api/auth-info.ts";
import type { Cluster } from "../api/cluster.ts";
import type { Config } from "../api/config.ts";
import type { Filepath } from "./filepath.ts";

/**
 * Makes every relative path of a config absolute, against the folder of the file it stands in: CA, client
 * certificate, client key, tokenFile, and an exec command that contains a separator. Entries without an origin are
 * left alone. client-go's `ResolveLocalPaths`.
 *
 * @param cwd - the current directory, against which a relative origin is taken
 */
export function resolveLocalPaths(config: Config, filepath: Filepath, cwd: string): Config {
  const resolverOf = (locationOfOrigin: string): ((path: string) => string) => {
    const base = absoluteDir(locationOfOrigin, filepath, cwd);
    return (path) => resolvePath(path, base, filepath);
  };
  return {
    ...config,
    clusters: new Map(
      Array.from(config.clusters, ([name, cluster]) => [
        name,
        cluster.locationOfOrigin === ""
          ? cluster
          : resolveCluster(cluster, resolverOf(cluster.locationOfOrigin)),
      ]),
    ),
    authInfos: new Map(
      Array.from(config.authInfos, ([name, user]) => [
        name,
        user.locationOfOrigin === ""
          ? user
          : resolveAuthInfo(user, resolverOf(user.locationOfOrigin), filepath),
      ]),
    ),
  };
}

/** The folder of a file as an absolute path. */
export function absoluteDir(file: string, filepath: Filepath, cwd: string): string {
  const dir = filepath.dir(file);
  return filepath.isAbs(dir) ? dir : filepath.join(cwd, dir);
}

/** A path made absolute against `base`; an empty or absolute one as it is. client-go's `api.ResolvePath`. */
export function resolvePath(path: string, base: string, filepath: Filepath): string {
  return path === "" || filepath.isAbs(path) ? path : filepath.join(base, path);
}

function resolveCluster(cluster: Cluster, resolve: (path: string) => string): Cluster {
  return cluster.with({ certificateAuthority: resolve(cluster.certificateAuthority) });
}

function resolveAuthInfo(user: AuthInfo, resolve: (path: string) => string, filepath: Filepath): AuthInfo {
  const { exec } = user;
  return user.with({
    clientCertificate: resolve(user.clientCertificate),
    clientKey: resolve(user.clientKey),
    tokenFile: resolve(user.tokenFile),
    exec: exec?.command.includes(filepath.separator) ? exec.with({ command: resolve(exec.command) }) : exec,
  });
}
