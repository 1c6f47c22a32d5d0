import { filepathFor } from "../go/filepath.ts";
import { compareGoStrings } from "../go/order.ts";
import { ConfigLockError, hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { describeErrno } from "../loading/file-system.ts";
import type { FoundLock } from "./lock-file.ts";
import {
  ABANDONED_AFTER,
  findLock,
  isAbandoned,
  makeLock,
  removeAbandoned,
  removeLock,
} from "./lock-file.ts";
import { describeMachine, newOwner } from "./lock-owner.ts";
import { realTarget } from "./real-target.ts";

/** The default time to wait for a locked kubeconfig, in milliseconds. */
export const DEFAULT_LOCK_TIMEOUT = 10_000;

/** How many stale locks are removed without a pause; another program may create them faster than that. */
const MOST_REMOVALS = 100;

/** The locks on some files. */
export interface HeldLocks {
  /** Why a file could not be locked, such as a read-only folder: then it must not be written. */
  readonly refusals: ReadonlyMap<string, ConfigLockError>;
  /** Removes the locks. The promise waits for pending signals. */
  release(): Promise<void>;
}

/** The bounds of the pauses between two attempts, in milliseconds. */
const SHORTEST_PAUSE = 5;
const LONGEST_PAUSE = 60;

/**
 * Locks files as client-go's `ModifyConfig` does: a file `F.lock` next to each, made in the order of their names.
 * Differences: it waits for others; a file behind a symbolic link is locked under both names; two names of one file are
 * locked once; a file that cannot be locked, because its folder is missing or read-only, is reported and does not stop
 * the rest. While it waits it holds none of the locks, so there is no deadlock.
 *
 * A lock of a kcfg that has ended is removed at once, any other one after {@link ABANDONED_AFTER}.
 *
 * @param timeout - how long to wait, in milliseconds; 0 for one attempt
 * @param warn - receives a warning about a removed lock whose owner may still run
 * @param noun - the kind of the files
 * @throws ConfigLockError with the lock's path, its age, its owner and how to remove it
 */
export async function lockFiles(
  host: Host,
  files: readonly string[],
  timeout: number,
  warn: (message: string) => void,
  noun: "kubeconfig" | "kuberc" = "kubeconfig",
): Promise<HeldLocks> {
  const owner = newOwner(host);
  const held: string[] = [];
  const release = (): void => {
    for (const path of held.splice(0).toReversed()) {
      removeLock(host, path, owner);
    }
  };
  const forget = host.self.beforeEnd(release);
  const refusals = new Map<string, ConfigLockError>();
  const lockAll = (): FoundLock | undefined => {
    refusals.clear();
    for (const { path, names } of lockPaths(host, files)) {
      try {
        if (!makeLock(host, path, owner)) {
          const found = findLock(host, path);
          release();
          return found ?? { path, age: 0, made: host.now(), owner: undefined, identity: "", isFolder: false };
        }
        held.push(path);
      } catch (error) {
        const refusal = new ConfigLockError(`open ${path}: ${describeErrno(error)}`, path, error);
        if (!isRefusal(error)) {
          throw refusal;
        }
        names.forEach((name) => refusals.set(name, refusal));
      }
    }
    return undefined;
  };
  try {
    const begin = host.now();
    for (let [paused, removals] = [0, 0]; ;) {
      const inTheWay = lockAll();
      if (inTheWay === undefined) {
        return {
          refusals,
          release: () => {
            release();
            return forget();
          },
        };
      }
      const isRemoved = isAbandoned(host, inTheWay) && removeAbandoned(host, inTheWay, owner);
      if (isRemoved) {
        removals += 1;
        warnOfRemoval(host, inTheWay, warn);
      }
      if (isRemoved && removals <= MOST_REMOVALS) {
        continue;
      }
      // The clock may be set back, or stand still.
      const left = timeout - Math.max(paused, host.now() - begin);
      if (left <= 0) {
        throw new ConfigLockError(describeLock(host, inTheWay, noun), inTheWay.path);
      }
      const pause = Math.min(left, SHORTEST_PAUSE + Math.random() * (LONGEST_PAUSE - SHORTEST_PAUSE));
      await host.self.sleep(pause);
      paused += pause;
    }
  } catch (error) {
    release();
    await forget();
    throw error;
  }
}

/** Reports whether no file can be made: then there is nothing to lock, and nothing that this user could write. */
function isRefusal(error: unknown): boolean {
  return ["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR", "ENAMETOOLONG"].some((code) =>
    hasErrno(error, code),
  );
}

/** The lock of a file that may have several names. */
interface LockPath {
  readonly path: string;
  readonly names: readonly string[];
}

/** Returns the lock paths of some files, each once, in the common order. */
function lockPaths(host: Host, files: readonly string[]): readonly LockPath[] {
  const paths = new Map<string, LockPath>();
  for (const file of files.filter((each) => each !== "").toSorted(compareGoStrings)) {
    for (const name of [file, realTarget(host, file)]) {
      const key = `${directoryKey(host, name)}/${filepathFor(host).base(name)}`;
      const { path = `${name}.lock`, names = [] } = paths.get(key) ?? {};
      paths.set(key, { path, names: [...names, file] });
    }
  }
  return [...paths.values()];
}

function directoryKey(host: Host, file: string): string {
  const directory = filepathFor(host).dir(file);
  try {
    return host.fs.realPath(directory);
  } catch {
    return directory;
  }
}

function warnOfRemoval(host: Host, lock: FoundLock, warn: (message: string) => void): void {
  if (lock.owner === undefined || lock.owner.place !== host.self.processNamespace()) {
    warn(
      `warning: removed the lock ${lock.path}, which ${describeOwner(lock)} made ${formatAge(lock.age)} ago and left behind`,
    );
  }
}

function describeLock(host: Host, lock: FoundLock, noun: string): string {
  const { path, age, owner } = lock;
  if (lock.isFolder) {
    return (
      `cannot lock the ${noun}: open ${path}: file exists; it is a folder, which kcfg does not remove` +
      `; remove it with: rm -r ${quoteForShell(path)}`
    );
  }
  const wait = owner === undefined ? `; kcfg removes it when it is ${formatAge(ABANDONED_AFTER)} old` : "";
  const state = owner?.place === host.self.processNamespace() ? ", which runs still" : "";
  return (
    `cannot lock the ${noun}: open ${path}: file exists; held for ${formatAge(age)} by ${describeOwner(lock)}${state}` +
    `${wait}; if nothing is at work on the file, remove the lock with: rm ${quoteForShell(path)}`
  );
}

function describeOwner({ owner }: FoundLock): string {
  return owner === undefined
    ? "kubectl or the like"
    : `kcfg (process ${owner.pid} on ${describeMachine(owner)})`;
}

function quoteForShell(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}

/** Formats an age: `350ms`, `12s`, `5m0s`, `3h20m`. */
function formatAge(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  if (seconds < 1) {
    return `${Math.round(milliseconds)}ms`;
  }
  if (seconds < 60) {
    return `${seconds}s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes}m${seconds % 60}s`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}h${minutes % 60}m` : `${Math.floor(hours / 24)} days`;
}
