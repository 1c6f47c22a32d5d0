/** How a file is opened. */
export interface OpenOptions {
  /** Whether a symbolic link at the end of the path is followed; those before the end always are. */
  readonly follow: boolean;
  /** What is done with the file; `"read"` unless it is created. */
  readonly access?: "read" | "readwrite" | undefined;
  /** Creates the file, which must not exist yet, with exactly this mode, whatever the umask. */
  readonly create?:
    | {
        /** The permission bits. */
        readonly mode: number;
      }
    | undefined;
}

/**
 * A file that was opened once. Everything is done to that file, whatever has become of its name since. Each call throws
 * Node's errors, with their `code`.
 */
export interface OpenFile {
  /** Looks at the file. */
  stat(): FileFacts;
  /**
   * Reads from where it is to its end. A pipe or a terminal may let a minute pass between bytes; a named pipe that
   * nobody opens for writing is given up after two seconds. Of a device, and of a file that says that it is empty, at
   * most 16 MiB are read.
   *
   * @param limit - in bytes
   * @throws an error with the code `ERR_FILE_TOO_LARGE` for a file that is longer, `ERR_NO_DATA` for one from which
   *   nothing comes; its message says so without the path
   */
  read(limit: number): Uint8Array;
  /** Writes all of the data where it is. */
  write(data: Uint8Array): void;
  /** Sets the mode, bits of 07000 included. */
  changeMode(mode: number): void;
  /** Gives it to a user and a group. */
  changeOwner(user: number, group: number): void;
  /** Waits until it is on the disk. */
  sync(): void;
  /** Ends all this. */
  close(): void;
}

/** What a file is. */
export type FileKind = "file" | "directory" | "link" | "pipe" | "device" | "socket";

/** What {@link OpenFile.stat} reports. */
export interface FileFacts {
  /** What kind of file it is. */
  readonly kind: FileKind;
  /** The permission bits, with set-uid, set-gid and sticky: those of 07777. */
  readonly mode: number;
  /** Number of the user that it belongs to; 0 on Windows. */
  readonly user: number;
  /** Number of the group that it belongs to; 0 on Windows. */
  readonly group: number;
  /** In bytes, as the file system claims. */
  readonly size: number;
  /** How many names it has. */
  readonly links: number;
  /** When its content changed last, in milliseconds since 1970. */
  readonly modified: number;
  /** Differs from that of every other file that exists at the same time. */
  readonly identity: string;
}

/** The code of an error: a file is larger than its reader allows. */
export const TOO_LARGE = "ERR_FILE_TOO_LARGE";
/** The code of an error: nothing comes out of a pipe or device. */
export const NO_DATA = "ERR_NO_DATA";

/** The most that is read of a device, and of a file that says that it is empty, in bytes. */
export const DEVICE_LIMIT = 16 * 1024 * 1024;

/** Returns an error with the code {@link TOO_LARGE}. */
export function tooLarge(limit: number): Error {
  const size = limit % MIB === 0 ? `${limit / MIB} MiB` : `${limit} bytes`;
  return Object.assign(new Error(`larger than ${size}, the most that kcfg reads of it`), {
    code: TOO_LARGE,
    syscall: "read",
  });
}

const MIB = 1024 * 1024;

/** Returns an error with the code {@link NO_DATA}. */
export function noData(message: string): Error {
  return Object.assign(new Error(message), { code: NO_DATA, syscall: "read" });
}
