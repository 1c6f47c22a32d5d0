import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { isLauncher } from "../policy/launchers.ts";

/**
 * Returns the launcher that a command comes to: the command itself, the path that it leads to, or the file behind that
 * path's links (`/opt/bin/aws -> /bin/sh`). Undefined if none of them is one.
 *
 * @param resolvedPath - what the command was looked up as; undefined if nothing was found
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
  // A link to snap runs the one snap that the link is named after.
  return isLauncher(target, filepath) && filepath.base(target) !== "snap" ? target : undefined;
}

function realPath(host: Host, path: string): string {
  try {
    return host.fs.realPath(path);
  } catch {
    return path;
  }
}
