import { ConfigReadError } from "../errors.ts";
import type { FileStat, Host, HostFileSystem, PathFacts } from "../host/host.ts";
import { statIfPossible, withOpenFile } from "../loading/file-system.ts";
import { CREDENTIAL_LIMIT, REFERENCED_LIMIT } from "../loading/size-limits.ts";
import { fileFacts } from "../loading/hazard-facts.ts";
import { homeDir } from "../loading/home-dir.ts";
import { lookPath } from "../loading/look-path.ts";
import type { NamedFileFacts } from "../policy/file-places.ts";
import type { FoundLock } from "../writing/lock-file.ts";
import { findLock, isAbandoned } from "../writing/lock-file.ts";

/** The content of a file, or why it is unknown. */
export type Content = { readonly data: Uint8Array } | { readonly data?: undefined; readonly fault: string };

/** The doctor's view of the machine: everything is read once, however many entries name it. */
export interface Machine {
  /** Whether files have an owner, a group and a mode. */
  readonly hasModes: boolean;
  /** Number of the user whose rights this process has; undefined on Windows. */
  readonly user: number | undefined;
  /** Reads a file that an entry names. Skips files that are not regular, since reading might never end. */
  read(path: string): Content;
  /** Returns facts about a file, through symbolic links; undefined on errors. */
  stat(path: string): FileStat | undefined;
  /** Returns facts about a path itself; undefined on errors. */
  lookAt(path: string): PathFacts | undefined;
  /** Where files are, for the hazards of what a kubeconfig may name. */
  readonly files: NamedFileFacts;
  /** The user's home directory; `""` if it is not known. */
  readonly home: string;
  /** The current directory, absolute. */
  readonly cwd: string;
  /** Returns the names in a folder; none on errors. */
  namesIn(folder: string): readonly string[];
  /** Returns the path of a file without symbolic links; the path itself if that is unknown. */
  realPath(path: string): string;
  /** Finds an executable in PATH; undefined if there is none that would run. */
  findInPath(name: string): string | undefined;
  /** Finds a lock that nobody holds any more, or that nobody removes; undefined if there is none, and on errors. */
  findStaleLock(path: string): FoundLock | undefined;
  /** The environment. */
  readonly env: Host["env"];
}

export function machineOf(host: Host): Machine {
  const read = cached(regularFileReader(host));
  return {
    hasModes: host.platform !== "win32",
    user: host.self.user(),
    read,
    stat: cached((path) => statIfPossible(host, path)),
    lookAt: cached((path) => lookAtIfPossible(host, path)),
    files: fileFacts(host),
    home: homeDir(host),
    cwd: host.cwd(),
    namesIn: cached((folder) => namesIfPossible(host, folder)),
    realPath: cached((path) => realPathIfPossible(host, path)),
    findInPath: cached((name) => {
      const { path, error } = lookPath(host, name);
      return error === undefined ? path : undefined;
    }),
    findStaleLock: (path) => staleLockIfPossible(host, path),
    env: host.env,
  };
}

/** Makes a host that reads each file once; for a time in which nothing changes. */
export function cachingHost(host: Host): Host {
  const fs: HostFileSystem = {
    ...host.fs,
    stat: cached((path) => host.fs.stat(path)),
    checkExecutable: cached((path) => host.fs.checkExecutable(path)),
  };
  return { ...host, fs };
}

/** Caches a function's result for each string, errors included. */
function cached<T>(run: (text: string) => T): (text: string) => T {
  const results = new Map<string, () => T>();
  return (text) => {
    const known = results.get(text) ?? attempt(() => run(text));
    results.set(text, known);
    return known();
  };
}

function attempt<T>(run: () => T): () => T {
  try {
    const result = run();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/**
 * Makes a reader of regular files with a total limit: a kubeconfig may give one file any number of names, and the
 * contents are kept.
 */
function regularFileReader(host: Host): (path: string) => Content {
  let left = REFERENCED_LIMIT;
  return (path) => {
    try {
      return withOpenFile(host, path, { follow: true }, (file) => {
        const { kind } = file.stat();
        if (kind !== "file" && kind !== "directory") {
          return { fault: `${path} is no regular file, so it was not looked into` };
        }
        if (left <= 0) {
          return { fault: `${path} was not read: too much was read of other files that are named here` };
        }
        left -= CREDENTIAL_LIMIT;
        const data = file.read(CREDENTIAL_LIMIT);
        left += CREDENTIAL_LIMIT - data.length;
        return { data };
      });
    } catch (error) {
      if (error instanceof ConfigReadError) {
        return { fault: error.message };
      }
      throw error;
    }
  };
}

function lookAtIfPossible(host: Host, path: string): PathFacts | undefined {
  try {
    return host.fs.lookAt(path);
  } catch {
    return undefined;
  }
}

function namesIfPossible(host: Host, folder: string): readonly string[] {
  try {
    return host.fs.list(folder);
  } catch {
    return [];
  }
}

function staleLockIfPossible(host: Host, path: string): FoundLock | undefined {
  try {
    const lock = findLock(host, path);
    return lock !== undefined && (lock.isFolder || isAbandoned(host, lock)) ? lock : undefined;
  } catch {
    return undefined;
  }
}

function realPathIfPossible(host: Host, path: string): string {
  try {
    return host.fs.realPath(path);
  } catch {
    return path;
  }
}
