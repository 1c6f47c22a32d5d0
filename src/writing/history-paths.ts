import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { fingerprint } from "./file-history.ts";
import { realTarget } from "./real-target.ts";

/** The largest stored history, in bytes; old contents are files of their own. */
export const HISTORY_LIMIT = 4 * 1024 * 1024;

/** The names in the state folder: a hash of the file's path, and a suffix. */
export const HISTORY_NAME = /^[0-9a-f]{32}\.json$/;
export const KEPT_NAME = /^[0-9a-f]{32}\.(?<time>[0-9a-z]{1,11})-[0-9a-f]{16}\.old$/;

/** The names of files with the namespaces that were used. */
export const NAMESPACES_NAME = /^[0-9a-f]{32}\.namespaces$/;

/** Returns the path that identifies a file; its folder need not exist. */
export function realPathOf(host: Host, file: string): string {
  const filepath = filepathFor(host);
  const absolute = filepath.isAbs(file) ? file : filepath.join(host.cwd(), file);
  const target = realTarget(host, absolute);
  try {
    return filepath.join(host.fs.realPath(filepath.dir(target)), filepath.base(target));
  } catch {
    return target;
  }
}

/**
 * Returns files without those that are another one of them under a second name, such as `./a` and a link to `a`. The
 * first name stays, `""` does not.
 */
export function distinctFiles(host: Host, files: readonly string[]): readonly string[] {
  const byRealPath = new Map<string, string>();
  for (const file of files.filter((each) => each !== "")) {
    const real = realPathOf(host, file);
    byRealPath.set(real, byRealPath.get(real) ?? file);
  }
  return [...byRealPath.values()];
}

export function historyKey(real: string): string {
  return fingerprint(new TextEncoder().encode(real)).slice(0, 32);
}

export function historyPath(host: Host, folder: string, real: string): string {
  return filepathFor(host).join(folder, `${historyKey(real)}.json`);
}

export function keptPathIn(host: Host, folder: string, real: string, kept: string): string {
  return filepathFor(host).join(folder, `${historyKey(real)}.${kept}.old`);
}
