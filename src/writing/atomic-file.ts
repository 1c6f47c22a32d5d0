import { filepathFor } from "../clientcmd/filepath.ts";
import { ConfigReadError, hasErrno, isFileNotFound } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { describeErrno, stat } from "../loading/file-system.ts";
import { realTarget } from "./real-target.ts";

/** New content that is on the disk beside the file that it will replace. */
export interface StagedFile {
  /** Moves the content into its place, in one step. */
  commit(): void;
  /** Removes it instead. */
  discard(): void;
}

/** The modes of what is not there yet. */
export interface NewModes {
  readonly file: number;
  readonly folder: number;
}

/**
 * Replaces a file, so that whoever reads it sees the old content or the new, and never a part: a new file is written
 * beside it, brought to the disk and moved over it. The mode and the owner stay. A symbolic link stays one; the file
 * that it leads to is replaced.
 *
 * @param newFileMode - the mode of a file that is not there yet; its folder is made too, for the user alone
 * @throws ConfigReadError in Go's words, with nothing changed
 */
export function writeFileAtomically(host: Host, path: string, data: Uint8Array, newFileMode: number): void {
  const staged = stageFile(host, path, data, { file: newFileMode, folder: 0o700 });
  try {
    staged.commit();
  } catch (error) {
    staged.discard();
    throw error;
  }
}

/**
 * The first half of {@link writeFileAtomically}: all that may fail for want of space or rights is done, and the file is
 * as it was.
 *
 * @param ownedAs - a file whose owner a new file gets, if this user may give it away
 * @throws ConfigReadError in Go's words, with nothing changed
 */
export function stageFile(
  host: Host,
  path: string,
  data: Uint8Array,
  modes: NewModes,
  ownedAs?: string,
): StagedFile {
  const filepath = filepathFor(host);
  return inWords(path, () => {
    const mode = modeOf(host, path);
    const target = realTarget(host, path);
    if (mode === undefined) {
      host.fs.createDirectory(filepath.dir(target), modes.folder);
    }
    const temporary = createBeside(host, target, data, mode ?? modes.file);
    try {
      if (mode !== undefined) {
        keepOwner(host, target, temporary);
      } else if (ownedAs !== undefined) {
        giveAway(host, realTarget(host, ownedAs), temporary);
      }
    } catch (error) {
      host.fs.remove(temporary);
      throw error;
    }
    return {
      commit: () =>
        inWords(path, () => {
          host.fs.rename(temporary, target);
          host.fs.syncDirectory(filepath.dir(target));
        }),
      discard: () => host.fs.remove(temporary),
    };
  });
}

/** Removes a file; a symbolic link to it stays. */
export function removeFile(host: Host, path: string): void {
  inWords(path, () => {
    const target = realTarget(host, path);
    host.fs.remove(target);
    host.fs.syncDirectory(filepathFor(host).dir(target));
  });
}

/** The pattern of the temporary files of a file: what a process that was killed has left. */
export function isTemporaryOf(base: string, name: string): boolean {
  return name.startsWith(`${base}.kcfg-`) && /^\d+-\w+\.tmp$/.test(name.slice(base.length + ".kcfg-".length));
}

function inWords<T>(path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw error instanceof ConfigReadError
      ? error
      : new ConfigReadError(`open ${path}: ${describeErrno(error)}`, path, error);
  }
}

function modeOf(host: Host, path: string): number | undefined {
  try {
    const { isDirectory, isFile, mode } = stat(host, path);
    if (isDirectory) {
      throw new ConfigReadError(`open ${path}: is a directory`, path);
    }
    if (!isFile) {
      throw new ConfigReadError(`open ${path}: is no regular file, so it cannot be replaced`, path);
    }
    host.fs.checkWritable(path);
    return mode & 0o7777;
  } catch (error) {
    if (isFileNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

let count = 0;

function createBeside(host: Host, target: string, data: Uint8Array, mode: number): string {
  count += 1;
  const temporary = `${target}.kcfg-${host.self.pid}-${host.now().toString(36)}${count}.tmp`;
  try {
    host.fs.createFile(temporary, data, mode);
  } catch (error) {
    if (!hasErrno(error, "EEXIST")) {
      host.fs.remove(temporary);
    }
    throw error;
  }
  return temporary;
}

/** A file of somebody else that this user may replace would become this user's own, and its owner might lose it. */
function keepOwner(host: Host, target: string, temporary: string): void {
  const [old, fresh] = [host.fs.lookAt(target), host.fs.lookAt(temporary)];
  if (old.user === fresh.user && old.group === fresh.group) {
    return;
  }
  try {
    host.fs.changeOwner(temporary, old.user, old.group);
  } catch (error) {
    throw new ConfigReadError(
      `open ${target}: it belongs to user ${old.user} and group ${old.group}, who could not keep it: ${describeErrno(error)}`,
      target,
      error,
    );
  }
}

function giveAway(host: Host, model: string, file: string): void {
  try {
    const { user, group } = host.fs.lookAt(model);
    const fresh = host.fs.lookAt(file);
    if (user !== fresh.user || group !== fresh.group) {
      host.fs.changeOwner(file, user, group);
    }
  } catch {
    // It stays this user's own.
  }
}
