import { createHash } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { homedir, userInfo } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import { isSafeAbove } from "./node-compile-cache.ts";
import { WrongDigestError } from "./processes.ts";

/** A copy of an executable with a demanded digest, in a folder that no other user can enter. */
export interface CheckedCopy {
  readonly path: string;
  /** Removes the copy and its folder. */
  readonly remove: () => void;
}

/** How much is read at a time, in bytes. */
const CHUNK = 1024 * 1024;

/** Returns the digest of an executable file, `sha256:…`. @throws Node's errors */
export function digestOf(file: string): string {
  const descriptor = openRegular(file);
  try {
    return digestOfOpen(descriptor, () => undefined);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Refuses a file that has none of the digests.
 *
 * @throws WrongDigestError, and Node's errors
 */
export function checkDigest(file: string, digests: readonly string[]): void {
  const found = digestOf(file);
  if (!digests.includes(found)) {
    throw new WrongDigestError(found);
  }
}

/**
 * Copies an executable while it computes its digest, so that what is started is what was checked, also if the file is
 * then edited in place: neither an open file nor any lock keeps its owner from that. The folder remains until the program
 * has ended, since interpreters open scripts by their path, and look for modules next to them.
 *
 * @throws WrongDigestError, and Node's errors
 */
export function checkedCopy(file: string, digests: readonly string[]): CheckedCopy {
  const source = openRegular(file);
  try {
    accessSync(file, constants.X_OK);
    const { path, descriptor, remove } = executablePlace(basename(file));
    try {
      const found = digestOfOpen(source, (chunk) => writeAll(descriptor, chunk));
      closeSync(descriptor);
      if (!digests.includes(found)) {
        throw new WrongDigestError(found);
      }
      return { path, remove };
    } catch (error) {
      remove();
      throw error;
    }
  } finally {
    closeSync(source);
  }
}

/**
 * Reports whether nobody but root can change a file: then it need not be copied, which programs do not like that look
 * for files next to their own.
 */
export function isRootsAlone(descriptor: number): boolean {
  const { uid, mode } = fstatSync(descriptor);
  return process.getuid?.() !== 0 && process.geteuid?.() !== 0 && uid === 0 && (mode & 0o022) === 0;
}

/** Returns the digest of an open file, and passes on its content. */
export function digestOfOpen(descriptor: number, use: (chunk: Uint8Array) => void): string {
  const hash = createHash("sha256");
  const buffer = Buffer.alloc(CHUNK);
  const { size } = fstatSync(descriptor);
  for (let at = 0; ;) {
    const count = readSync(descriptor, buffer, 0, CHUNK, at);
    if (count === 0) {
      return `sha256:${hash.digest("hex")}`;
    }
    at += count;
    if (at > size) {
      throw new WrongDigestError(undefined);
    }
    const chunk = buffer.subarray(0, count);
    hash.update(chunk);
    use(chunk);
  }
}

function openRegular(file: string): number {
  const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  if (fstatSync(descriptor).isFile()) {
    return descriptor;
  }
  closeSync(descriptor);
  throw Object.assign(new Error("not a regular file"), { code: "EACCES" });
}

function writeAll(descriptor: number, data: Uint8Array): void {
  for (let done = 0; done < data.length;) {
    done += writeSync(descriptor, data, done);
  }
}

/** Creates an executable file in a new folder that only this user can enter and move. */
function executablePlace(name: string): CheckedCopy & { readonly descriptor: number } {
  const user = process.geteuid?.() ?? 0;
  for (const parent of folders(user)) {
    const place = tryPlace(parent, user, name);
    if (place !== undefined) {
      return place;
    }
  }
  throw Object.assign(new Error("no private folder from which programs may be started"), { code: "EACCES" });
}

/**
 * Returns the folders for copies. They do not depend on the environment, which a kubeconfig may have set. Some systems
 * allow no programs in some of them.
 */
function folders(user: number): readonly string[] {
  return [`/run/user/${user}`, "/tmp", "/dev/shm", "/var/tmp", accountHome()].filter((path) => path !== "");
}

function accountHome(): string {
  try {
    return userInfo().homedir || homedir();
  } catch {
    return "";
  }
}

function tryPlace(
  parent: string,
  user: number,
  name: string,
): (CheckedCopy & { readonly descriptor: number }) | undefined {
  if (statSync(parent, { throwIfNoEntry: false }) === undefined || !isSafeAbove(parent, user)) {
    return undefined;
  }
  let folder: string;
  try {
    folder = mkdtempSync(join(parent, "kcfg-"));
  } catch {
    return undefined;
  }
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, name);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o700);
    fchmodSync(descriptor, 0o500);
    accessSync(path, constants.X_OK);
    return { path, descriptor, remove };
  } catch {
    if (descriptor !== undefined) {
      closeSync(descriptor);
    }
    remove();
    return undefined;
  }
}
