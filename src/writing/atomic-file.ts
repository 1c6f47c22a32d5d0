import { filepathFor } from "../clientcmd/filepath.ts";
import { ConfigReadError, hasErrno, isFileNotFound } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { describeErrno, stat } from "../loading/file-system.ts";

/** How many names are tried for the temporary file. */
const ATTEMPTS = 100;

/**
 * Replaces a file, so that whoever reads it sees the old content or the new, and never a part: a new file is written
 * beside it, brought to the disk and moved over it. The mode stays. A symbolic link stays one; the file that it leads to
 * is replaced.
 *
 * @param newFileMode - the mode of a file that is not there yet; its folder is made too, for the user alone
 * @throws ConfigReadError in Go's words, with nothing changed
 */
export function writeFileAtomically(host: Host, path: string, data: Uint8Array, newFileMode: number): void {
  const mode = modeOf(host, path);
  const filepath = filepathFor(host);
  try {
    const target = mode === undefined ? path : host.fs.realPath(path);
    if (mode === undefined) {
      host.fs.createDirectory(filepath.dir(path), 0o700);
    }
    const temporary = createBeside(host, target, data, mode ?? newFileMode);
    try {
      host.fs.rename(temporary, target);
    } catch (error) {
      host.fs.remove(temporary);
      throw error;
    }
  } catch (error) {
    throw new ConfigReadError(`open ${path}: ${describeErrno(error)}`, path, error);
  }
}

function modeOf(host: Host, path: string): number | undefined {
  try {
    const { isDirectory, mode } = stat(host, path);
    if (isDirectory) {
      throw new ConfigReadError(`open ${path}: is a directory`, path);
    }
    return mode & 0o7777;
  } catch (error) {
    if (isFileNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

function createBeside(host: Host, target: string, data: Uint8Array, mode: number): string {
  for (let attempt = 1; ; attempt++) {
    const temporary = `${target}.tmp${attempt}`;
    try {
      host.fs.createFile(temporary, data, mode);
      return temporary;
    } catch (error) {
      if (hasErrno(error, "EEXIST") && attempt < ATTEMPTS) {
        continue;
      }
      if (!hasErrno(error, "EEXIST")) {
        host.fs.remove(temporary);
      }
      throw error;
    }
  }
}
