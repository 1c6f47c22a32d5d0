/** How a file is opened. */
export interface OpenOptions {
  /** Whether a symbolic link at the end of the path is followed; those before the end always are. */
  readonly follow: boolean;
  /** How the file is used; `"read"` unless it is created. */
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
 * A file that was opened once. Everything is done to that file, whatever its name refers to since. Each call throws
 * Node's errors, with their `code`.
 */
export interface OpenFile {
  /** Returns facts about the file. */
  stat(): FileFacts;
  /**
   * Reads from the present position to the end. A pipe or a terminal may pause for a minute between bytes; a named pipe
   * without a writer is given up after two seconds. From a device, and from a file that claims to be empty, at most 16
   * MiB are read.
   *
   * @param limit - in bytes
   * @throws an error with the code `ERR_FILE_TOO_LARGE` for a file that is longer, `ERR_NO_DATA` for one from which
   *   nothing comes; its message says so without the path
   */
  read(limit: number): Uint8Array;
  /** Writes all of the data at the present position. */
  write(data: Uint8Array): void;
  /**
   * Replaces the whole content in place: writes the data from the start, then cuts off the rest. Not atomic: readers see
   * parts.
   */
  rewrite(data: Uint8Array): void;
  /** Sets the mode, bits of 07000 included. */
  changeMode(mode: number): void;
  /** Gives it to a user and a group. */
  changeOwner(user: number, group: number): void;
  /** Waits until it is on the disk. */
  sync(): void;
  /** Closes the file. */
  close(): void;
}

/** What a file is. */
export type FileKind = "file" | "directory" | "link" | "pipe" | "device" | "socket";

/** The result of {@link OpenFile.stat}. */
export interface FileFacts {
  /** What kind of file it is. */
  readonly kind: FileKind;
  /** The permission bits, with set-uid, set-gid and sticky: those of 07777. */
  readonly mode: number;
  /** Number of the owner; 0 on Windows. */
  readonly user: number;
  /** Number of the group; 0 on Windows. */
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

/** The error code for a file that is larger than its reader allows. */
export const TOO_LARGE = "ERR_FILE_TOO_LARGE";
/** The error code for a pipe or device without data. */
export const NO_DATA = "ERR_NO_DATA";

/** The most that is read from a device, and from a file that claims to be empty, in bytes. */
export const DEVICE_LIMIT = 16 * 1024 * 1024;

/** Makes an error with the code {@link TOO_LARGE}. */
export function tooLarge(limit: number): Error {
  const size = limit % MIB === 0 ? `${limit / MIB} MiB` : `${limit} bytes`;
  return Object.assign(new Error(`larger than ${size}, the most that kcfg reads of it`), {
    code: TOO_LARGE,
    syscall: "read",
  });
}

const MIB = 1024 * 1024;

/** Makes an error with the code {@link NO_DATA}. */
export function noData(message: string): Error {
  return Object.assign(new Error(message), { code: NO_DATA, syscall: "read" });
}
