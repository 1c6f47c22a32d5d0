import { hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { LockOwner } from "./lock-owner.ts";
import { formatOwner, isDead, parseOwner } from "./lock-owner.ts";

/**
 * For how long a lock that says nothing about its owner, such as kubectl's, is respected, in milliseconds. kubectl
 * holds its locks for some milliseconds, and leaves them forever when it is killed.
 */
export const ABANDONED_AFTER = 5 * 60_000;

/** The most that is read of a lock, in bytes: kcfg's are shorter than the target of a symbolic link. */
const LOCK_LIMIT = 4096;

/** A lock that is in the way. */
export interface FoundLock {
  readonly path: string;
  /** How long it has been there, in milliseconds. */
  readonly age: number;
  /** When it was made, in milliseconds since 1970. */
  readonly made: number;
  /** Who made it; undefined for kubectl and others that do not say. */
  readonly owner: LockOwner | undefined;
  /** Differs from that of every other lock that was or will be there. */
  readonly identity: string;
  /** Whether it is a folder, which nothing removes but the user. */
  readonly isFolder: boolean;
}

/**
 * Makes a lock, if there is none: a symbolic link to nowhere, whose target tells the owner. So the lock is there with its
 * content in one step, and to programs that make a lock as an ordinary file, it exists. Where there are no symbolic
 * links it is an ordinary file.
 *
 * @returns whether it was made
 * @throws what the file system throws
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

/** EPERM is also what Windows says to users without the right to make links. */
const NO_LINKS: readonly string[] = ["EPERM", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EINVAL"];

/** Looks at a lock; undefined if there is none. Whatever is there, this neither waits nor follows a link. */
export function findLock(host: Host, path: string): FoundLock | undefined {
  try {
    const { identity, modified, kind } = host.fs.lookAt(path);
    const content = contentOf(host, path);
    const owner = parseOwner(content);
    return {
      path,
      // Clocks differ, or somebody sets the time: a lock from far in the future is as old as it is far.
      age: Math.abs(host.now() - modified),
      made: modified,
      owner,
      // The content of a lock of kcfg is like no other.
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

/** Returns what a lock says; nothing for one that is no lock of kcfg's, be it a pipe, a folder, or endless. */
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
    // kubectl's locks have no permissions at all, so that nobody but root can read them; sockets cannot be opened.
    return "";
  }
}

/** Removes a lock if it is this owner's. */
export function removeLock(host: Host, path: string, owner: LockOwner): void {
  if (findLock(host, path)?.identity === formatOwner(owner)) {
    host.fs.remove(path);
  }
}

/** Reports whether a lock may be taken away: its owner runs no more, or it has been there for very long. */
export function isAbandoned(host: Host, lock: FoundLock): boolean {
  return lock.owner === undefined || lock.owner.place !== host.self.processNamespace()
    ? lock.age >= ABANDONED_AFTER
    : isDead(host, lock.owner, lock.made);
}

/** How many removers may have died one after the other, each while it removed what the one before it had left. */
const MAX_DEPTH = 8;

/**
 * Takes an abandoned lock away, also when several processes find it at once: none may remove the new lock of another.
 * Whoever wants to remove a lock must hold a claim, a lock whose name is made from the identity of the abandoned one; so
 * the abandoned one can only have gone, or be there still, when it is looked at again under the claim.
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

/** In a folder that is read-only, there is nothing to be done about a lock. */
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

/** What systems say of folders, of read-only folders, and of what is another user's in a folder like `/tmp`. */
const IRREMOVABLE: readonly string[] = ["EACCES", "EBUSY", "EISDIR", "EPERM", "EROFS"];

/**
 * Returns a short name for an identity: FNV-1a, 32 bits, twice. Two locks of one name at one time need not be told
 * apart.
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
