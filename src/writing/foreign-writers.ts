import { filepathFor } from "../go/filepath.ts";
import { ConfigReadError, hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";

/** Another user who could replace the file at a path. */
export interface ForeignWriter {
  /** The folder in which the name could be replaced. */
  readonly folder: string;
  /** Number of the user; undefined for everyone who may write in the folder. */
  readonly user: number | undefined;
  /**
   * The file or folder that belongs to the user, if the folder is one like `/tmp`, where users rename what is theirs.
   */
  readonly entry: string | undefined;
}

/** The bits that let group and others write. */
const GROUP_WRITE = 0o020;
const OTHERS_WRITE = 0o002;
/** In a folder with this bit, only the owner of a file may rename it. */
const STICKY = 0o1000;

/** The most links that Linux follows. */
const MAX_LINKS = 40;

const ROOT = 0;

/**
 * Finds another user who could replace the file at a path: checks every folder in which a part of the path, or of its
 * symbolic links, is looked up. Root always could, and so does not count.
 *
 * @param path - absolute, by the rules of POSIX; it need not exist
 * @param user - number of the only user who may
 * @returns undefined if there is nobody
 * @throws errors of the file system
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
 * Refuses to let root edit files that another user could replace meanwhile: root would read and replace whatever the
 * path leads to.
 *
 * @param trustFolderOwner - whether the user trusts such users
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

/** Finds another writer as root; undefined where that is impossible: reading then reports why. */
function foreignWriterOn(host: Host, path: string): ForeignWriter | undefined {
  try {
    return findForeignWriter(host, path, ROOT);
  } catch {
    return undefined;
  }
}

/** Describes the access of another user to a folder; ends with the word for that user. */
export function describeForeignWriter({ folder, user, entry }: ForeignWriter): string {
  if (user === undefined) {
    return `its folder ${folder} may be written by others`;
  }
  return entry === undefined
    ? `its folder ${folder} belongs to user ${user}`
    : `${entry}, in the shared folder ${folder}, belongs to user ${user}`;
}
