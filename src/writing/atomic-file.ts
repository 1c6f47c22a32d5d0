import { randomBytes } from "node:crypto";
import { filepathFor } from "../go/filepath.ts";
import { ConfigReadError, hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { FileFacts, OpenFile } from "../host/open-file.ts";
import { describeErrno } from "../loading/file-system.ts";
import { realTarget } from "./real-target.ts";

/** New content that is on the disk next to the file that it will replace. */
export interface StagedFile {
  /** The file that it will replace, without a symbolic link at its end. */
  readonly target: string;
  /**
   * Moves the content into place, atomically.
   *
   * @returns undefined; or why the file cannot be replaced, and must be written in place
   */
  commit(): string | undefined;
  /**
   * Writes the content into the file itself, as a last resort: who reads meanwhile sees a part of it, and a crash leaves
   * one. The file must be the one that was there when this was staged, with the same content and no other name.
   *
   * @param before - the content that the file must have
   * @throws PartialWriteError if it holds a part of the content now
   */
  writeInPlace(before: Uint8Array): void;
  /** Removes it instead. */
  discard(): void;
}

/** The modes of new files and folders. */
export interface NewModes {
  readonly file: number;
  readonly folder: number;
}

/**
 * Prepares the atomic replacement of a file, so that readers see the old content or the new, and never a part: writes a
 * new file next to it and syncs it to the disk. Everything that may fail for lack of space or rights happens here, and
 * the file stays as it was. The mode and the owner stay. A symbolic link stays one; its target is replaced.
 *
 * It writes only to a file that this call created and has open, never to one that another process prepared.
 *
 * @throws ConfigReadError in Go's words, with nothing changed
 */
export function stageFile(host: Host, path: string, data: Uint8Array, modes: NewModes): StagedFile {
  const filepath = filepathFor(host);
  return inWords(path, () => {
    const target = realTarget(host, path);
    const old = factsOf(host, path, target);
    if (old === undefined) {
      host.fs.createDirectory(filepath.dir(target), modes.folder);
    }
    const temporary = temporaryFor(host, target);
    let obstacle: string | undefined;
    createFilled(host, temporary, data, (file) => {
      if (old === undefined) {
        file.changeMode(modes.file);
      } else {
        obstacle = keepOwner(host, target, file, old);
        if (obstacle === undefined) {
          file.changeMode(old.mode & PERMISSIONS);
        }
      }
    });
    return {
      target,
      commit: () =>
        inWords(path, () => {
          obstacle ??= tryToReplace(host, temporary, target);
          return obstacle;
        }),
      writeInPlace: (before) =>
        inWords(path, () => {
          host.fs.remove(temporary);
          rewriteFile(host, path, target, { identity: old?.identity, before, data });
        }),
      discard: () => host.fs.remove(temporary),
    };
  });
}

/** Replaces a file; returns why that is impossible for a file that is mounted by itself, as in containers. */
function tryToReplace(host: Host, temporary: string, target: string): string | undefined {
  try {
    host.fs.rename(temporary, target);
  } catch (error) {
    if (hasErrno(error, "EBUSY") && host.platform !== "win32") {
      return "it is mounted by itself";
    }
    throw error;
  }
  host.fs.syncDirectory(filepathFor(host).dir(target));
  return undefined;
}

/** A file holds a part of a new content, and its old content could not be restored. */
export class PartialWriteError extends ConfigReadError {}

function rewriteFile(
  host: Host,
  path: string,
  target: string,
  {
    identity,
    before,
    data,
  }: { readonly identity: string | undefined; readonly before: Uint8Array; readonly data: Uint8Array },
): void {
  const file = host.fs.open(target, { follow: false, access: "readwrite" });
  try {
    const facts = file.stat();
    const isSame =
      facts.kind === "file" &&
      facts.identity === identity &&
      facts.links === 1 &&
      facts.size === before.length &&
      Buffer.compare(file.read(before.length), before) === 0;
    if (!isSame) {
      throw new ConfigReadError(
        `open ${path}: it was exchanged or changed just now, or has another name, so it is not written in place`,
        path,
      );
    }
    try {
      file.rewrite(data);
      file.sync();
    } catch (error) {
      restoreContent(file, path, before, error);
      throw error;
    }
  } finally {
    file.close();
  }
}

function restoreContent(file: OpenFile, path: string, before: Uint8Array, cause: unknown): void {
  try {
    file.rewrite(before);
    file.sync();
  } catch {
    throw new PartialWriteError(
      `write ${path}: ${describeErrno(cause)}; it holds a part of the new content now: kcfg undo says where the old one is`,
      path,
      cause,
    );
  }
}

/**
 * Replaces a file as {@link stageFile} does, in one go.
 *
 * @param newFileMode - the mode of a new file; its folder is made too, for the user alone
 * @throws ConfigReadError in Go's words, with nothing changed
 */
export function writeFileAtomically(host: Host, path: string, data: Uint8Array, newFileMode: number): void {
  const staged = stageFile(host, path, data, { file: newFileMode, folder: 0o700 });
  try {
    const obstacle = staged.commit();
    if (obstacle !== undefined) {
      throw new ConfigReadError(`open ${path}: ${obstacle}, so it cannot be replaced`, path);
    }
  } catch (error) {
    staged.discard();
    throw error;
  }
}

/** Prepares the removal of a file; a symbolic link to it stays. */
export function stageRemoval(host: Host, path: string): StagedFile {
  const target = inWords(path, () => realTarget(host, path));
  return {
    target,
    commit: () =>
      inWords(path, () => {
        host.fs.remove(target);
        host.fs.syncDirectory(filepathFor(host).dir(target));
        return undefined;
      }),
    writeInPlace: () => undefined,
    discard: () => undefined,
  };
}

/**
 * Reports whether a name is that of a temporary file of kcfg, for a file of this name, left by a killed process. It
 * begins with a dot, so that a shell's `*` does not match it among the kubeconfigs in the folder.
 */
export function isTemporaryOf(base: string, name: string): boolean {
  return (
    name.startsWith(`.${base}.kcfg-`) &&
    /^[0-9a-f]{16}\.tmp$/.test(name.slice(base.length + ".".length + ".kcfg-".length))
  );
}

function temporaryFor(host: Host, target: string): string {
  const filepath = filepathFor(host);
  const name = `.${filepath.base(target)}.kcfg-${randomBytes(8).toString("hex")}.tmp`;
  return filepath.join(filepath.dir(target), name);
}

/** The bits of a mode that a new file gets. A set-uid bit belonged to the old content. */
const PERMISSIONS = 0o777;

function inWords<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof ConfigReadError
      ? error
      : new ConfigReadError(`open ${path}: ${describeErrno(error)}`, path, error);
  }
}

/** Returns facts about the file to replace; undefined if there is none. */
function factsOf(host: Host, path: string, target: string): FileFacts | undefined {
  let file: OpenFile;
  try {
    file = host.fs.open(target, { follow: false });
  } catch (error) {
    if (hasErrno(error, "ENOENT")) {
      return undefined;
    }
    throw error;
  }
  try {
    const facts = file.stat();
    if (facts.kind === "directory") {
      throw new ConfigReadError(`open ${path}: is a directory`, path);
    }
    if (facts.kind !== "file") {
      throw new ConfigReadError(`open ${path}: is no regular file, so it cannot be replaced`, path);
    }
    host.fs.checkWritable(target);
    return facts;
  } finally {
    file.close();
  }
}

function createFilled(host: Host, path: string, data: Uint8Array, finish: (file: OpenFile) => void): void {
  const file = host.fs.open(path, { follow: false, create: { mode: 0o600 } });
  try {
    try {
      file.write(data);
      finish(file);
      file.sync();
    } finally {
      file.close();
    }
  } catch (error) {
    host.fs.remove(path);
    throw error;
  }
}

const ROOT = 0;
const WRITABLE_BY_ALL = 0o002;

/**
 * Gives the new file to the owner of the old one. Another user's file must not become this user's own.
 *
 * @returns why the file must be written in place, if its owner cannot keep it
 * @throws ConfigReadError for a file that anybody but its owner may have put there, as in `/tmp`
 */
function keepOwner(host: Host, path: string, file: OpenFile, old: FileFacts): string | undefined {
  const { user, group } = file.stat();
  if (old.user === user && old.group === group) {
    return undefined;
  }
  try {
    file.changeOwner(old.user, old.group);
    return undefined;
  } catch (error) {
    const owner = `it belongs to user ${old.user} and group ${old.group}`;
    const isShared = (host.fs.stat(filepathFor(host).dir(path)).mode & WRITABLE_BY_ALL) !== 0;
    if (isShared && old.user !== user && old.user !== ROOT) {
      throw new ConfigReadError(
        `open ${path}: ${owner}, who could not keep it: ${describeErrno(error)}`,
        path,
        error,
      );
    }
    return owner;
  }
}
