import type { Filepath } from "../go/filepath.ts";
import type { Machine } from "./machine.ts";
import { isSticky, isWritableByAll, isWritableByGroup } from "./modes.ts";

/** A file whose mode `--fix` may change, or why it may not. */
export type OwnFile =
  | {
      /** Its path without symbolic links, through folders that no other user could replace. */
      readonly path: string;
      readonly identity: string;
    }
  | { readonly path?: undefined; readonly reason: string };

const ROOT = 0;

/**
 * Decides whether the mode of a file that a kubeconfig names may be changed safely: a regular file of the user's own,
 * with no other name, in the folder of the kubeconfig or below it. Anything else may be a file that others rely on, and
 * that another user's kubeconfig names for that reason.
 */
export function findOwnFile(machine: Machine, filepath: Filepath, kubeconfig: string, path: string): OwnFile {
  const { user } = machine;
  const folder = machine.realPath(filepath.dir(path));
  const real = filepath.join(folder, filepath.base(path));
  const facts = machine.lookAt(real);
  if (user === undefined || facts === undefined) {
    return { reason: "it cannot be looked at" };
  }
  if (facts.isSymbolicLink) {
    return { reason: "it is a symbolic link" };
  }
  if (facts.kind !== "file") {
    return { reason: "it is no regular file" };
  }
  if (facts.user !== user) {
    return { reason: `it belongs to user ${facts.user}` };
  }
  if (facts.links !== 1) {
    return { reason: "it is a hard link to a file that has other names" };
  }
  if (!isBelow(filepath, folder, machine.realPath(filepath.dir(kubeconfig)))) {
    return { reason: "it is outside the folder of the kubeconfig" };
  }
  const open = openFolder(machine, filepath, folder, user);
  return open === undefined
    ? { path: real, identity: machine.stat(real)?.identity ?? "" }
    : { reason: `others may replace what is in ${open}` };
}

function isBelow(filepath: Filepath, path: string, folder: string): boolean {
  const prefix = folder.endsWith(filepath.separator) ? folder : `${folder}${filepath.separator}`;
  return path === folder || path.startsWith(prefix);
}

/** Returns a parent folder in which another user could replace the file. */
function openFolder(machine: Machine, filepath: Filepath, path: string, user: number): string | undefined {
  for (let folder = path; ; folder = filepath.dir(folder)) {
    const facts = machine.lookAt(folder);
    if (facts === undefined || (facts.user !== user && facts.user !== ROOT)) {
      return folder;
    }
    // A group with a single user is usual, but root's files are not the group's.
    const isOpen =
      isWritableByAll(facts.mode) || (user === ROOT && facts.group !== ROOT && isWritableByGroup(facts.mode));
    if (isOpen && !isSticky(facts.mode)) {
      return folder;
    }
    if (filepath.dir(folder) === folder) {
      return undefined;
    }
  }
}
