import { realTarget } from "./real-target.ts";
import { findLock, isAbandoned } from "./lock-file.ts";
import { isTemporaryOf } from "./atomic-file.ts";
import { filepathFor } from "../go/filepath.ts";
import { ConfigLockError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { FileChange } from "./config-files.ts";
import type { HeldLocks } from "./locks.ts";
import type { RecordedChange, Operation } from "./history-store.ts";
import { newOperation, recordOperation } from "./history-store.ts";
import { replaceFiles } from "./replace-files.ts";

/** How often a change is repeated because a program without a lock wrote a file meanwhile. */
const ATTEMPTS = 20;

/** A change that is ready to be written. */
export interface PlannedChange {
  readonly changes: readonly FileChange[];
  /** The contexts that are no longer current, by the file that they were written in. */
  readonly previousContexts?: ReadonlyMap<string, string> | undefined;
}

/** How a change is recorded for `undo`. */
export interface Recording extends Operation {
  readonly warn: (message: string) => void;
}

/**
 * Plans a change of locked files, and writes it; repeats that if another program wrote one of them meanwhile.
 *
 * @param recording - undefined for a change that `undo` need not know of; it does if a file must be written in place
 * @param warn - receives a note about each file that was written in place
 * @throws ConfigLockError for a file whose lock could not be taken, or when another program keeps writing
 */
export function replaceLocked<T extends PlannedChange>(
  host: Host,
  locks: HeldLocks,
  plan: () => T,
  recording: Recording | undefined,
  warn: (message: string) => void,
): T {
  for (let attempt = 1; ; attempt++) {
    const planned = plan();
    const { changes } = planned;
    for (const { file } of changes) {
      const refusal = locks.refusals.get(file);
      if (refusal !== undefined) {
        throw new ConfigLockError(`${refusal.message}; nothing was changed`, refusal.file, refusal.cause);
      }
      sweep(host, file);
    }
    const recorded = changes.map((change): RecordedChange => ({
      file: change.file,
      change,
      previousContext: planned.previousContexts?.get(change.file),
    }));
    const recordAs = (operation: Recording): (() => void) | undefined =>
      recordOperation(host, operation, recorded, operation.warn);
    const isReplaced = replaceFiles(host, changes, {
      record: () => (recording === undefined ? undefined : recordAs(recording)),
      backUp: () =>
        recording === undefined
          ? recordAs({ operation: newOperation(host), command: "edit", warn })
          : undefined,
      note: warn,
    });
    if (isReplaced) {
      return planned;
    }
    if (attempt === ATTEMPTS) {
      throw new ConfigLockError(
        `${changes.map(({ file }) => file).join(", ")}: another program keeps writing here without a lock; nothing was changed`,
        changes[0]?.file ?? "",
      );
    }
  }
}

/** The claims on a lock: see `removeAbandoned`. */
const CLAIM = /^\.lock\.[0-9a-f]{16}$/;

/**
 * Removes what a killed kcfg has left next to a kubeconfig: temporary files, which only the holder of the lock makes,
 * so that none is in use while this process holds it; and claims on locks that are gone.
 */
function sweep(host: Host, file: string): void {
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

/** Ignores errors: leftovers do no harm. */
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
