import { filepathFor } from "../go/filepath.ts";
import { ConfigReadError, hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";

/** Somebody who could put something else where a path leads. */
export interface ForeignWriter {
  /** The folder in which the name could be given to something else. */
  readonly folder: string;
  /** Number of the user; undefined for everybody who may write in the folder. */
  readonly user: number | undefined;
  /** The file or folder that belongs to the user, if the folder is one like `/tmp`, where all rename what is theirs. */
  readonly entry: string | undefined;
}

/** The bits by which group and others may write. */
const GROUP_WRITE = 0o020;
const OTHERS_WRITE = 0o002;
/** In a folder with this bit, names belong to the owners of what they name. */
const STICKY = 0o1000;

/** As many links in a row as Linux follows. */
const MAX_LINKS = 40;

const ROOT = 0;

/**
 * Finds who else could exchange what a path leads to: looks at every folder in which a part of the path, or of the
 * symbolic links on it, is looked up. Root could always, and so does not count.
 *
 * @param path - absolute, by the rules of POSIX; what it leads to need not exist
 * @param user - number of the user who is to be alone
 * @returns undefined if there is nobody
 * @throws what the file system throws
 */
export function findForeignWriter(host: Host, path: string, user: number): ForeignWriter | undefined {
  let rest: readonly string[] = partsOf(path);
  let folder = "/";
  let links = 0;
  for (;;) {
    const [name, ...others] = rest;
    if (name === undefined) {
      return undefined;
    }
    rest = others;
    if (name === "..") {
      folder = filepathFor(host).dir(folder);
      continue;
    }
    const entry = folder === "/" ? `/${name}` : `${folder}/${name}`;
    const found = lookAt(host, entry);
    const stranger = foreignWriterIn(host, folder, entry, found?.user, user);
    if (stranger !== undefined || found === undefined) {
      return stranger;
    }
    if (!found.isSymbolicLink) {
      folder = entry;
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) {
      return undefined;
    }
    const target = host.fs.readLink(entry);
    folder = target.startsWith("/") ? "/" : folder;
    rest = [...partsOf(target), ...rest];
  }
}

function partsOf(path: string): readonly string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

function lookAt(host: Host, path: string): ReturnType<Host["fs"]["lookAt"]> | undefined {
  try {
    return host.fs.lookAt(path);
  } catch (error) {
    if (hasErrno(error, "ENOENT") || hasErrno(error, "ENOTDIR")) {
      return undefined;
    }
    throw error;
  }
}

function foreignWriterIn(
  host: Host,
  folder: string,
  entry: string,
  entryUser: number | undefined,
  user: number,
): ForeignWriter | undefined {
  const { user: folderUser, mode } = host.fs.stat(folder);
  if (folderUser !== user && folderUser !== ROOT) {
    return { folder, user: folderUser, entry: undefined };
  }
  const isWritable =
    (mode & OTHERS_WRITE) !== 0 || ((mode & GROUP_WRITE) !== 0 && host.fs.lookAt(folder).group !== ROOT);
  if (!isWritable) {
    return undefined;
  }
  if ((mode & STICKY) === 0) {
    return { folder, user: undefined, entry: undefined };
  }
  return entryUser === undefined || entryUser === user || entryUser === ROOT
    ? undefined
    : { folder, user: entryUser, entry };
}

/**
 * Refuses to have root edit files that somebody else could exchange for others while they are edited: root would read
 * and replace whatever it is led to.
 *
 * @param trustFolderOwner - whether the user trusts whoever could
 * @throws ConfigReadError that says who it is, and what to do
 */
export function refuseForeignWriters(
  host: Host,
  files: readonly string[],
  trustFolderOwner: boolean | undefined,
): void {
  if (trustFolderOwner === true || host.self.user() !== ROOT) {
    return;
  }
  const filepath = filepathFor(host);
  for (const file of files.filter((each) => each !== "")) {
    const stranger = foreignWriterOn(host, filepath.isAbs(file) ? file : filepath.join(host.cwd(), file));
    if (stranger !== undefined) {
      throw new ConfigReadError(
        `refusing to edit ${file} as root: ${describeForeignWriter(stranger)}, who could exchange the file meanwhile; ` +
          `${stranger.user === undefined ? "take that right away" : "run kcfg as that user"}, or add --trust-folder-owner`,
        file,
      );
    }
  }
}

/** Returns where it cannot be looked, reading says why. */
function foreignWriterOn(host: Host, path: string): ForeignWriter | undefined {
  try {
    return findForeignWriter(host, path, ROOT);
  } catch {
    return undefined;
  }
}

/** Returns what a stranger has to do with a folder: ends with the word for the stranger. */
export function describeForeignWriter({ folder, user, entry }: ForeignWriter): string {
  if (user === undefined) {
    return `its folder ${folder} may be written by others`;
  }
  return entry === undefined
    ? `its folder ${folder} belongs to user ${user}`
    : `${entry}, in the shared folder ${folder}, belongs to user ${user}`;
}
