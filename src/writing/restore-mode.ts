import type { Host } from "../host/host.ts";
import type { OpenFile } from "../host/open-file.ts";
import type { ModeChange } from "./file-history.ts";

/** All bits of a mode: one with a bit of 07000 is not one that kcfg gave. */
const ALL_BITS = 0o7777;

/** Whether {@link restoreMode} would. */
export function canRestoreMode(host: Host, change: ModeChange): boolean {
  return withOwnFile(host, change, () => undefined);
}

/**
 * Gives a file the permission bits back that it had before a change: only a regular file of the user's own that still has
 * the bits that the change gave it, and has no other name, be it a link or not. What is looked at and what is changed are the same open file.
 *
 * @returns whether it did
 */
export function restoreMode(host: Host, change: ModeChange): boolean {
  return withOwnFile(host, change, (file) => file.changeMode(change.from));
}

function withOwnFile(host: Host, { path, to }: ModeChange, use: (file: OpenFile) => void): boolean {
  try {
    const file = host.fs.open(path, { follow: false });
    try {
      const { kind, links, mode, user: owner } = file.stat();
      const user = host.self.user();
      const isOwn = kind === "file" && links === 1 && (user === undefined || owner === user);
      if (!isOwn || (mode & ALL_BITS) !== to) {
        return false;
      }
      use(file);
      return true;
    } finally {
      file.close();
    }
  } catch {
    return false;
  }
}
