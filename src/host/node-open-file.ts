import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
  writeSync,
} from "node:fs";
import type { BigIntStats, Stats } from "node:fs";
import type { FileFacts, FileKind, OpenFile, OpenOptions } from "./open-file.ts";
import { DEVICE_LIMIT, noData, tooLarge } from "./open-file.ts";

/** How long a named pipe may have no writer, and a device may be silent, in milliseconds. */
const SHORT_SILENCE = 2000;
/** How long a process, or a person at a terminal, may write nothing, in milliseconds. */
const LONG_SILENCE = 60_000;
/** The total time to wait for a file, in silences. */
const SILENCES = 2;

/**
 * Opens a file without blocking and without acquiring a terminal, and inspects it by its descriptor.
 *
 * Windows has neither O_NONBLOCK nor O_NOFOLLOW, nor pipes and devices among its files: a link is looked up by name
 * there, just before. On macOS `/dev/fd/N` is the descriptor N itself, whose reads may block.
 */
export function openNodeFile(path: string, { follow, access, create }: OpenOptions): OpenFile {
  if (!follow && create === undefined && NO_FOLLOW === 0 && lstatSync(path).isSymbolicLink()) {
    throw Object.assign(new Error(`ELOOP: too many symbolic links encountered, open '${path}'`), {
      code: "ELOOP",
      syscall: "open",
    });
  }
  const flags = ALWAYS | (follow ? 0 : NO_FOLLOW);
  if (create === undefined) {
    return openFileOf(
      path,
      openSync(path, flags | (access === "readwrite" ? constants.O_RDWR : constants.O_RDONLY)),
    );
  }
  const created = flags | constants.O_RDWR | constants.O_CREAT | constants.O_EXCL;
  const descriptor = openSync(path, created, create.mode & 0o700);
  try {
    // The mode passed to open is reduced by the umask.
    fchmodSync(descriptor, create.mode);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return openFileOf(path, descriptor);
}

/** Returns a flag of `open`; 0 for those that Windows lacks, although their types do not say so. */
const flagOf = (name: "O_NONBLOCK" | "O_NOCTTY" | "O_NOFOLLOW"): number =>
  (constants as Partial<typeof constants>)[name] ?? 0;
const ALWAYS = flagOf("O_NONBLOCK") | flagOf("O_NOCTTY");
const NO_FOLLOW = flagOf("O_NOFOLLOW");

/** Reads a file to its end; see {@link OpenFile.read}. */
export function readNodeFile(path: string, limit: number): Uint8Array {
  const descriptor = openSync(path, constants.O_RDONLY | ALWAYS);
  try {
    return readDescriptor(descriptor, limit, patienceWith(path));
  } finally {
    closeSync(descriptor);
  }
}

/** The names of files that this process inherited open. */
const DESCRIPTORS = /^\/dev\/(?:fd\/\d|std(?:in|out|err)$)/;

function patienceWith(path: string): Patience {
  const hasWriter = DESCRIPTORS.test(path);
  return {
    device: hasWriter || path === "/dev/tty" ? LONG_SILENCE : SHORT_SILENCE,
    pipe: LONG_SILENCE,
    hasWriter,
  };
}

/** How long a read waits. */
export interface Patience {
  /** How long a file that is no pipe may be silent, in milliseconds. */
  readonly device: number;
  /** How long a pipe with a writer may be silent, in milliseconds. */
  readonly pipe: number;
  /** Whether a pipe has been open for writing already: then it has ended when there is no writer. */
  readonly hasWriter: boolean;
}

/**
 * Reads the rest of an open file.
 *
 * @param limit - in bytes
 */
export function readDescriptor(descriptor: number, limit: number, patience: Patience): Uint8Array {
  const stats = fstatSync(descriptor);
  const kind = kindOf(stats);
  if (kind === "file" && stats.size > limit) {
    throw tooLarge(limit);
  }
  // The files of /proc, whose content the system generates, claim to be empty.
  const isMadeUp = kind === "device" || (kind === "file" && stats.size === 0);
  const most = isMadeUp ? Math.min(limit, DEVICE_LIMIT) : limit;
  const first = kind === "file" && stats.size > 0 ? stats.size + 1 : FIRST_CHUNK;
  const read = kind === "pipe" ? pipeRead(descriptor, patience) : patientRead(patience.device);
  return readAll(descriptor, most, first, read);
}

const FIRST_CHUNK = 64 * 1024;
const LARGEST_CHUNK = 8 * 1024 * 1024;

/** Returns how many bytes were read; 0 at the end. */
type Read = (descriptor: number, buffer: Uint8Array, offset: number) => number;

function readAll(descriptor: number, limit: number, firstChunk: number, read: Read): Uint8Array {
  const full: Uint8Array[] = [];
  let total = 0;
  let buffer = Buffer.allocUnsafeSlow(firstChunk);
  let used = 0;
  for (;;) {
    const count = read(descriptor, buffer, used);
    if (count === 0) {
      const last = buffer.subarray(0, used);
      return full.length === 0 ? last : Buffer.concat([...full, last]);
    }
    used += count;
    total += count;
    if (total > limit) {
      throw tooLarge(limit);
    }
    if (used === buffer.length) {
      full.push(buffer);
      buffer = Buffer.allocUnsafeSlow(Math.min(Math.max(total, FIRST_CHUNK), LARGEST_CHUNK));
      used = 0;
    }
  }
}

const readOnce: Read = (descriptor, buffer, offset) =>
  readSync(descriptor, buffer, offset, buffer.length - offset, null);

/** Waits for bytes where the system has none yet; some files of /proc do that too. */
function patientRead(silence: number): Read {
  let altogether = 0;
  return (descriptor, buffer, offset) => {
    let waited = 0;
    for (;;) {
      try {
        return readOnce(descriptor, buffer, offset);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        // How Windows reports the end of a pipe.
        if (code === "EOF") {
          return 0;
        }
        if (code !== "EAGAIN") {
          throw error;
        }
      }
      if (waited >= silence) {
        throw noData(`no data for ${silence / 1000} seconds`);
      }
      if (altogether >= silence * SILENCES) {
        throw noData(`no end after ${(silence * SILENCES) / 1000} seconds of waiting`);
      }
      const time = wait(waited);
      waited += time;
      altogether += time;
    }
  };
}

/** Makes a reader of a pipe. A named pipe seems to have ended as long as nobody has opened it for writing. */
function pipeRead(descriptor: number, { pipe, hasWriter }: Patience): Read {
  const read = patientRead(pipe);
  let isOpen = hasWriter;
  return (_descriptor, buffer, offset) => {
    let waited = 0;
    while (!isOpen) {
      try {
        const count = readOnce(descriptor, buffer, offset);
        if (count > 0 || isNameless(descriptor)) {
          isOpen = true;
          return count;
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EAGAIN") {
          throw error;
        }
        isOpen = true;
        break;
      }
      if (waited >= SHORT_SILENCE) {
        throw noData(`no process writes to this pipe (waited ${SHORT_SILENCE / 1000} seconds)`);
      }
      waited += wait(waited);
    }
    return read(descriptor, buffer, offset);
  };
}

/** Reports whether a pipe is one of the shell's, as of `<(…)`: without a writer it has ended. */
function isNameless(descriptor: number): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith("pipe:");
  } catch {
    return false;
  }
}

/** Waits a little, longer if it has waited long already. Returns for how many milliseconds it waited. */
function wait(waited: number): number {
  const time = waited < 100 ? 2 : 20;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time);
  return time;
}

function openFileOf(path: string, descriptor: number): OpenFile {
  return {
    stat: () => factsOf(fstatSync(descriptor, { bigint: true })),
    read: (limit) => readDescriptor(descriptor, limit, patienceWith(path)),
    write: (data) => {
      for (let done = 0; done < data.length;) {
        done += writeSync(descriptor, data, done);
      }
    },
    rewrite: (data) => {
      for (let done = 0; done < data.length;) {
        done += writeSync(descriptor, data, done, data.length - done, done);
      }
      ftruncateSync(descriptor, data.length);
    },
    changeMode: (mode) => fchmodSync(descriptor, mode),
    changeOwner: (user, group) => fchownSync(descriptor, user, group),
    sync: () => fsyncSync(descriptor),
    close: () => closeSync(descriptor),
  };
}

/** Converts the result of `fstat` and the like. */
export function factsOf(stats: BigIntStats): FileFacts {
  return {
    kind: kindOf(stats),
    mode: Number(stats.mode) & 0o7777,
    user: Number(stats.uid),
    group: Number(stats.gid),
    size: Number(stats.size),
    links: Number(stats.nlink),
    modified: Number(stats.mtimeNs / 1_000_000n),
    identity: `${stats.dev}-${stats.ino}`,
  };
}

function kindOf(stats: Stats | BigIntStats): FileKind {
  if (stats.isFile()) {
    return "file";
  }
  if (stats.isDirectory()) {
    return "directory";
  }
  if (stats.isFIFO()) {
    return "pipe";
  }
  if (stats.isSymbolicLink()) {
    return "link";
  }
  return stats.isSocket() ? "socket" : "device";
}
