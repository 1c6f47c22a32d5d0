import { filepathFor } from "../go/filepath.ts";
import { ConfigReadError, hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";

/** As many links in a row as Linux follows. */
const MAX_LINKS = 40;

/**
 * Returns the file that a path leads to through symbolic links, whether it exists or not; the path itself where there
 * is none.
 *
 * @throws ConfigReadError for links that lead nowhere but to themselves
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
