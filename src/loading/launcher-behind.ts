import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { isLauncher } from "../policy/launchers.ts";

/**
 * Returns the launcher that a command runs: the command itself, its path, or the target of that path's links
 * (`/opt/bin/aws -> /bin/sh`). Undefined if none of them is one.
 *
 * @param resolvedPath - the result of looking the command up; undefined if nothing was found
 */
export function launcherBehind(
  host: Host,
  command: string,
  resolvedPath: string | undefined,
): string | undefined {
  const filepath = filepathFor(host);
  if (isLauncher(command, filepath)) {
    return command;
  }
  if (resolvedPath === undefined) {
    return undefined;
  }
  if (isLauncher(resolvedPath, filepath)) {
    return resolvedPath;
  }
  const target = realPath(host, resolvedPath);
  // A link to snap runs only the snap of the link's name.
  return isLauncher(target, filepath) && filepath.base(target) !== "snap" ? target : undefined;
}

function realPath(host: Host, path: string): string {
  try {
    return host.fs.realPath(path);
  } catch {
    return path;
  }
}
