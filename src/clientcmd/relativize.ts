import { posix, win32 } from "node:path";
import type { AuthInfo } from "../api/auth-info.ts";
import type { Cluster } from "../api/cluster.ts";
import type { Filepath } from "./filepath.ts";

/**
 * Writes the paths of a cluster as client-go's `RelativizeClusterLocalPaths` does: relative to the folder of the file
 * that the entry goes to, unless that would need a step back. Paths that `before` has too stay as they are written.
 *
 * @param base - the folder, absolute
 */
export function relativizeCluster(
  cluster: Cluster,
  before: Cluster | undefined,
  base: string,
  filepath: Filepath,
): Cluster {
  const { certificateAuthority } = cluster;
  return certificateAuthority === before?.certificateAuthority
    ? cluster
    : cluster.with({ certificateAuthority: relativize(certificateAuthority, base, filepath) });
}

/**
 * As {@link relativizeCluster}, for a user. A command that has a separator keeps one, as in `./plug`: without it, it
 * would be looked up in PATH.
 */
export function relativizeAuthInfo(
  user: AuthInfo,
  before: AuthInfo | undefined,
  base: string,
  filepath: Filepath,
): AuthInfo {
  const change = (field: "clientCertificate" | "clientKey" | "tokenFile"): string =>
    user[field] === before?.[field] ? user[field] : relativize(user[field], base, filepath);
  const { exec } = user;
  const { separator } = filepath;
  const isPath = exec !== undefined && exec.command.includes(separator);
  const command = isPath ? relativize(exec.command, base, filepath) : "";
  return user.with({
    clientCertificate: change("clientCertificate"),
    clientKey: change("clientKey"),
    tokenFile: change("tokenFile"),
    exec:
      isPath && exec.command !== before?.exec?.command
        ? exec.with({ command: command.includes(separator) ? command : `.${separator}${command}` })
        : exec,
  });
}

/** client-go's `ResolvePaths`, then `RelativizePathWithNoBacksteps`. */
function relativize(path: string, base: string, filepath: Filepath): string {
  if (path === "") {
    return "";
  }
  const absolute = filepath.isAbs(path) ? path : filepath.join(base, path);
  const rules = filepath.separator === "\\" ? win32 : posix;
  const relative = rules.relative(base, absolute) || ".";
  // On Windows a path on another drive has no relative form.
  return relative.startsWith(`..${filepath.separator}`) || filepath.isAbs(relative) ? absolute : relative;
}
