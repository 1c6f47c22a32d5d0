import type { FileFacts, OpenFile, OpenOptions } from "./open-file.ts";
import type { HostProcesses } from "./processes.ts";
import type { HostTerminal } from "./terminal.ts";
import type { HostSelf } from "./self.ts";

/**
 * What kcfg needs from the machine it runs on. Everything with an effect takes a Host, so that every rule can be tested
 * on any platform, file system and environment.
 */
export interface Host {
  /** The files. */
  readonly fs: HostFileSystem;
  /** The environment; an unset variable is `undefined`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As Node's `process.platform`. `"win32"` selects Windows' rules for paths and lists. */
  readonly platform: string;
  /** As Node's `process.arch`. */
  readonly arch: string;
  /** Returns the current directory, absolute; by its name in PWD, if that is right. Go's `os.Getwd`. */
  cwd(): string;
  /** Returns the current time, in milliseconds since 1970. */
  now(): number;
  /** The terminal. */
  readonly terminal: HostTerminal;
  /** Runs credential plugins. */
  readonly processes: HostProcesses;
  /** This process, and what it knows of others. */
  readonly self: HostSelf;
}

/** The file system calls that kcfg makes; each throws Node's errors, with their `code`. */
export interface HostFileSystem {
  /**
   * Reads a file to its end, as {@link OpenFile.read} does; links are followed.
   *
   * @param limit - in bytes
   */
  readFile(path: string, limit: number): Uint8Array;
  /**
   * Opens a file once, so that everything is done to what was opened and nothing is looked up twice by name. Never
   * blocks, whatever the file is.
   */
  open(path: string, options: OpenOptions): OpenFile;
  /** Creates or replaces a file; a new one gets `mode`, less the umask. */
  writeFile(path: string, data: Uint8Array, mode: number): void;
  /** Returns facts about a file; follows symbolic links. */
  stat(path: string): FileStat;
  /** Throws if this process may not execute the file (POSIX `access` with `X_OK`; on Windows, if it does not exist). */
  checkExecutable(path: string): void;
  /** Throws if this process may not write the file. */
  checkWritable(path: string): void;
  /** Reports whether two paths lead to one file. Does not follow symbolic links. */
  isSameFile(one: string, other: string): boolean;
  /** Returns the path of a file without symbolic links. */
  realPath(path: string): string;
  /** Moves a file within its folder, over an existing one, atomically. */
  rename(from: string, to: string): void;
  /** Removes a file, or a symbolic link; does nothing if there is none. Does not remove folders. */
  remove(path: string): void;
  /** Makes a folder, less the umask, and its parents; does nothing if it exists. */
  createDirectory(path: string, mode: number): void;
  /** Removes an empty folder. Optional: folders remain where there is no such call. */
  removeDirectory?(path: string): void;
  /** Waits until the names in a folder are on the disk; does nothing where folders cannot be synced. */
  syncDirectory(path: string): void;
  /** Returns the names in a folder. */
  list(path: string): readonly string[];
  /** Returns facts about a path itself; does not follow symbolic links. */
  lookAt(path: string): PathFacts;
  /**
   * Watches a folder: calls `onChange` whenever a name in it comes, goes, or has other content, and with `true` when
   * watching has ended, such as with the folder. Optional: who has no such call is asked from time to time.
   *
   * @returns ends it; undefined if this folder cannot be watched
   */
  watch?(path: string, onChange: (isOver: boolean) => void): (() => void) | undefined;
  /** Makes a symbolic link, atomically; throws if anything is there. */
  createLink(path: string, target: string): void;
  /** Returns where a symbolic link leads. */
  readLink(path: string): string;
}

/** The result of {@link HostFileSystem.lookAt}. */
export interface PathFacts extends FileFacts {
  /** Whether it is a symbolic link. */
  readonly isSymbolicLink: boolean;
  /** Differs from that of any other file that was or will be there under the same name. */
  readonly identity: string;
}

/** The result of {@link HostFileSystem.stat}. */
export interface FileStat extends FileFacts {
  /** Whether it is a folder. */
  readonly isDirectory: boolean;
  /** Whether it is a regular file. */
  readonly isFile: boolean;
}
