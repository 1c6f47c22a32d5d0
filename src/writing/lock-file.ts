import { hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { LockOwner } from "./lock-owner.ts";
import { formatOwner, isDead, parseOwner } from "./lock-owner.ts";

/**
 * How long a lock without information about its owner, such as kubectl's, is respected, in milliseconds. kubectl holds
 * its locks for some milliseconds, and leaves them forever when it is killed.
 */
export const ABANDONED_AFTER = 5 * 60_000;

/** The most that is read of a lock, in bytes: kcfg's are shorter than the target of a symbolic link. */
const LOCK_LIMIT = 4096;

/** An existing lock. */
export interface FoundLock {
  readonly path: string;
  /** How long it has been there, in milliseconds. */
  readonly age: number;
  /** When it was made, in milliseconds since 1970. */
  readonly made: number;
  /** Who made it; undefined for kubectl and others without that information. */
  readonly owner: LockOwner | undefined;
  /** Differs from that of every other lock that was or will be there. */
  readonly identity: string;
  /** Whether it is a folder, which only the user may remove. */
  readonly isFolder: boolean;
}

/**
 * Makes a lock, if there is none: a dangling symbolic link, whose target names the owner. So the lock is created
 * together with its content, and to programs that make a lock as an ordinary file, it exists. Where there are no
 * symbolic links it is an ordinary file.
 *
 * @returns whether it was made
 * @throws errors of the file system
 */
export function makeLock(host: Host, path: string, owner: LockOwner): boolean {
  const content = formatOwner(owner);
  try {
    host.fs.createLink(path, content);
    return true;
  } catch (error) {
    if (hasErrno(error, "EEXIST")) {
      return false;
    }
    if (!NO_LINKS.some((code) => hasErrno(error, code))) {
      throw error;
    }
  }
  try {
    const file = host.fs.open(path, { follow: false, create: { mode: 0o600 } });
    try {
      file.write(new TextEncoder().encode(content));
    } finally {
      file.close();
    }
    return true;
  } catch (error) {
    if (hasErrno(error, "EEXIST")) {
      return false;
    }
    throw error;
  }
}

/** Windows reports EPERM to users without the right to make links. */
const NO_LINKS: readonly string[] = ["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EINVAL"];

/** Finds a lock; undefined if there is none. Never blocks and never follows a link. */
export function findLock(host: Host, path: string): FoundLock | undefined {
  try {
    const { identity, modified, kind } = host.fs.lookAt(path);
    const content = contentOf(host, path);
    const owner = parseOwner(content);
    return {
      path,
      // Clocks differ, or are set: a lock from far in the future is as old as it is far.
      age: Math.abs(host.now() - modified),
      made: modified,
      owner,
      // The content of a kcfg lock is unique.
      identity: owner === undefined ? identity : content,
      isFolder: kind === "directory",
    };
  } catch (error) {
    if (hasErrno(error, "ENOENT")) {
      return undefined;
    }
    throw error;
  }
}

/** Returns the content of a lock; "" for one that is not kcfg's, be it a pipe, a folder, or endless. */
function contentOf(host: Host, path: string): string {
  try {
    if (host.fs.lookAt(path).isSymbolicLink) {
      return host.fs.readLink(path);
    }
    const file = host.fs.open(path, { follow: false });
    try {
      const { kind, size } = file.stat();
      return kind === "file" && size <= LOCK_LIMIT ? new TextDecoder().decode(file.read(LOCK_LIMIT)) : "";
    } finally {
      file.close();
    }
  } catch (error) {
    if (hasErrno(error, "ENOENT")) {
      throw error;
    }
    // kubectl's locks have no permissions at all, so that only root can read them; sockets cannot be opened.
    return "";
  }
}

/** Removes a lock if it is this owner's. */
export function removeLock(host: Host, path: string, owner: LockOwner): void {
  if (findLock(host, path)?.identity === formatOwner(owner)) {
    host.fs.remove(path);
  }
}

/** Reports whether a lock may be removed: its owner has ended, or it is very old. */
export function isAbandoned(host: Host, lock: FoundLock): boolean {
  return lock.owner === undefined || lock.owner.place !== host.self.processNamespace()
    ? lock.age >= ABANDONED_AFTER
    : isDead(host, lock.owner, lock.made);
}

/** How many removers may have died in turn, each while it removed what the one before it had left. */
const MAX_DEPTH = 8;

/**
 * Removes an abandoned lock, safely even when several processes find it at once: none may remove the new lock of
 * another. A process must first hold a claim, a lock whose name is derived from the identity of the abandoned one;
 * under the claim, the abandoned lock is either gone or still there.
 *
 * @returns whether this call removed it; it may be a folder, or another user's in a folder where only that user may
 *   remove it
 */
export function removeAbandoned(host: Host, lock: FoundLock, owner: LockOwner, depth = 0): boolean {
  const claim = `${lock.path}.${fingerprint(lock.identity)}`;
  if (!claimIfPossible(host, claim, owner)) {
    const other = findLock(host, claim);
    if (other !== undefined && isAbandoned(host, other) && depth < MAX_DEPTH) {
      removeAbandoned(host, other, owner, depth + 1);
    }
    return false;
  }
  try {
    const again = findLock(host, lock.path);
    if (again?.identity !== lock.identity) {
      return false;
    }
    return removeIfPossible(host, lock.path);
  } finally {
    removeLock(host, claim, owner);
  }
}

/** Makes a claim. In a read-only folder no lock can be removed. */
function claimIfPossible(host: Host, claim: string, owner: LockOwner): boolean {
  try {
    return makeLock(host, claim, owner);
  } catch {
    return false;
  }
}

function removeIfPossible(host: Host, path: string): boolean {
  try {
    host.fs.remove(path);
    return true;
  } catch (error) {
    if (IRREMOVABLE.some((code) => hasErrno(error, code))) {
      return false;
    }
    throw error;
  }
}

/** The errors for folders, for read-only folders, and for another user's file in a folder like `/tmp`. */
const IRREMOVABLE: readonly string[] = ["EACCES", "EBUSY", "EISDIR", "EPERM", "EROFS"];

/**
 * Returns a short name for an identity: FNV-1a, 32 bits, twice. Two locks of one name at one time need not be
 * distinguished.
 */
function fingerprint(text: string): string {
  return [0x811c9dc5, 0x01000193].map((seed) => fnv(text, seed).toString(16).padStart(8, "0")).join("");
}

function fnv(text: string, seed: number): number {
  let hash = seed;
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}
