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
  /** Moves the content into place, atomically. */
  commit(): void;
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
    createFilled(host, temporary, data, (file) => {
      if (old === undefined) {
        file.changeMode(modes.file);
      } else {
        keepOwner(target, file, old);
        file.changeMode(old.mode & PERMISSIONS);
      }
    });
    return {
      target,
      commit: () =>
        inWords(path, () => {
          host.fs.rename(temporary, target);
          host.fs.syncDirectory(filepath.dir(target));
        }),
      discard: () => host.fs.remove(temporary),
    };
  });
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
    staged.commit();
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
      }),
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

/** Refuses to replace another user's file: it would become this user's own, and its owner might lose it. */
function keepOwner(path: string, file: OpenFile, old: FileFacts): void {
  const { user, group } = file.stat();
  if (old.user === user && old.group === group) {
    return;
  }
  try {
    file.changeOwner(old.user, old.group);
  } catch (error) {
    throw new ConfigReadError(
      `open ${path}: it belongs to user ${old.user} and group ${old.group}, who could not keep it: ${describeErrno(error)}`,
      path,
      error,
    );
  }
}
