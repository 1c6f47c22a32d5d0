import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { stat } from "../loading/file-system.ts";
import { kubectlError } from "./kubectl-words.ts";

/** Makes a path absolute against the current directory, as Go's `filepath.Abs` does; but an empty one stays empty. */
export function absolutePath(host: Host, path: string): string {
  const filepath = filepathFor(host);
  if (path === "") {
    return "";
  }
  return filepath.isAbs(path) ? filepath.clean(path) : filepath.join(host.cwd(), path);
}

/**
 * Checks that a file to embed exists.
 *
 * @throws Error in kubectl's words otherwise
 */
export function requireFileToEmbed(host: Host, flag: string, path: string): void {
  try {
    stat(host, path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw kubectlError(`could not stat ${flag} file ${path}: ${reason}`, { cause: error });
  }
}
