import { filepathFor } from "../go/filepath.ts";
import { ConfigReadError, hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";

/** The most links that Linux follows. */
const MAX_LINKS = 40;

/**
 * Follows symbolic links to a file, which need not exist; returns the path itself if it is no link.
 *
 * @throws ConfigReadError for a loop of links
 */
export function realTarget(host: Host, path: string): string {
  const filepath = filepathFor(host);
  let target = path;
  for (let links = 0; links < MAX_LINKS; links++) {
    const next = linkAt(host, target);
    if (next === undefined) {
      return target;
    }
    target = filepath.isAbs(next) ? next : filepath.join(host.fs.realPath(filepath.dir(target)), next);
  }
  throw new ConfigReadError(`open ${path}: too many levels of symbolic links`, path);
}

function linkAt(host: Host, path: string): string | undefined {
  try {
    return host.fs.lookAt(path).isSymbolicLink ? host.fs.readLink(path) : undefined;
  } catch (error) {
    if (UNREACHABLE.some((code) => hasErrno(error, code))) {
      return undefined;
    }
    throw error;
  }
}

const UNREACHABLE: readonly string[] = ["ENOENT", "ENOTDIR", "EACCES", "EPERM", "ELOOP", "ENAMETOOLONG"];
