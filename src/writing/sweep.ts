import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import { isTemporaryOf } from "./atomic-file.ts";
import { findLock, isAbandoned } from "./lock-file.ts";
import { realTarget } from "./real-target.ts";

/** The claims on a lock: see `removeAbandoned`. */
const CLAIM = /^\.lock\.[0-9a-f]{16}$/;

/**
 * Removes what a kcfg that was killed has left beside a kubeconfig: temporary files, which only the holder of the lock
 * makes, so that none is in use while this process holds it; and claims on locks that are gone.
 */
export function sweep(host: Host, file: string): void {
  const filepath = filepathFor(host);
  tryTo(() => {
    const target = realTarget(host, file);
    const [folder, base] = [filepath.dir(target), filepath.base(target)];
    for (const name of host.fs.list(folder)) {
      const path = filepath.join(folder, name);
      const isClaim = name.startsWith(base) && CLAIM.test(name.slice(base.length));
      if (isTemporaryOf(base, name) || isClaim) {
        tryTo(() => {
          if (!isClaim || isLeft(host, path)) {
            host.fs.remove(path);
          }
        });
      }
    }
  });
}

/** What cannot be tidied up harms nobody. */
function tryTo(run: () => void): void {
  try {
    run();
  } catch {
    // See above.
  }
}

function isLeft(host: Host, claim: string): boolean {
  const found = findLock(host, claim);
  return found !== undefined && isAbandoned(host, found);
}
