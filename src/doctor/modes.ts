const READABLE = 0o044;
const WRITABLE_BY_GROUP = 0o020;
const STICKY = 0o1000;
/** The bits that a fix may keep: set-uid and set-gid are useless on a file that holds secrets. */
const KEPT = 0o777;
const WRITABLE_BY_ALL = 0o002;
const GROUP_AND_OTHERS = 0o077;
const WRITABLE = 0o022;
const PERMISSIONS = 0o7777;

/** Reports whether the group or all others may read. */
export function isReadableByOthers(mode: number): boolean {
  return (mode & READABLE) !== 0;
}

/** Reports whether everybody may write. A writable group is usual where every user has a group of their own. */
export function isWritableByAll(mode: number): boolean {
  return (mode & WRITABLE_BY_ALL) !== 0;
}

/** Reports whether the group may write. */
export function isWritableByGroup(mode: number): boolean {
  return (mode & WRITABLE_BY_GROUP) !== 0;
}

/** Reports whether users may only replace their own files in a folder with this mode, such as /tmp. */
export function isSticky(mode: number): boolean {
  return (mode & STICKY) !== 0;
}

/** Returns the mode for the owner alone, with the owner's own rights unchanged. */
export function forOwnerAlone(mode: number): number {
  return mode & KEPT & ~GROUP_AND_OTHERS;
}

/** Returns the mode with which only the owner may write. */
export function writableByOwnerAlone(mode: number): number {
  return mode & KEPT & ~WRITABLE;
}

/** Returns the permission bits of a mode, without the file type. */
export function permissionsOf(mode: number): number {
  return mode & PERMISSIONS;
}

/** Formats a mode as chmod takes it: `0644`. */
export function formatMode(mode: number): string {
  return (mode & PERMISSIONS).toString(8).padStart(4, "0");
}
