import { ConfigReadError, hasErrno, isFileNotFound } from "../errors.ts";
import { codeOf, errnoWords } from "../go/errno.ts";
import type { FileStat, Host } from "../host/host.ts";
import { NO_DATA, TOO_LARGE } from "../host/open-file.ts";
import type { OpenFile, OpenOptions } from "../host/open-file.ts";

/**
 * Reads a file: a regular one, or a pipe or device that ends.
 *
 * @param limit - in bytes: one of those in `size-limits.ts`
 * @throws ConfigReadError worded as Go's `os.ReadFile`: `open F: no such file or directory`; in kcfg's own words for
 *   one that is larger than the limit, and for a pipe without data
 */
export function readFile(host: Host, path: string, limit: number): Uint8Array {
  return inGoWords("open", path, () => host.fs.readFile(path, limit));
}

/**
 * Reads a file as {@link readFile} does; undefined if there is none.
 *
 * @throws ConfigReadError when there is a file that cannot be read
 */
export function readIfPresent(host: Host, path: string, limit: number): Uint8Array | undefined {
  try {
    return readFile(host, path, limit);
  } catch (error) {
    if (isFileNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Reads all of the standard input.
 *
 * @param limit - in bytes
 * @throws ConfigReadError when it is larger, or cannot be read
 */
export function readInput(host: Host, limit: number): Uint8Array {
  return inGoWords("read", "standard input", () => host.self.readInput(limit));
}

/**
 * Opens a file, calls a function with it, and closes it.
 *
 * @throws ConfigReadError worded as Go's `os.Open`, also for errors of the function
 */
export function withOpenFile<T>(
  host: Host,
  path: string,
  options: OpenOptions,
  use: (file: OpenFile) => T,
): T {
  return inGoWords("open", path, () => {
    const file = host.fs.open(path, options);
    try {
      return use(file);
    } finally {
      file.close();
    }
  });
}

/**
 * Writes a file, with the mode less the umask if it is new.
 *
 * @throws ConfigReadError worded as Go's `os.WriteFile`
 */
export function writeFile(host: Host, path: string, data: Uint8Array, mode: number): void {
  inGoWords("open", path, () => host.fs.writeFile(path, data, mode));
}

/**
 * Returns facts about a file, through symbolic links.
 *
 * @throws ConfigReadError worded as Go's `os.Stat`: `stat F: permission denied`
 */
export function stat(host: Host, path: string): FileStat {
  return inGoWords("stat", path, () => host.fs.stat(path));
}

/** Returns facts about a file as {@link stat}, but undefined on any error. */
export function statIfPossible(host: Host, path: string): FileStat | undefined {
  try {
    return host.fs.stat(path);
  } catch {
    return undefined;
  }
}

/** Reports whether the error is a lack of permission. Go's `os.IsPermission`. */
export function isPermissionDenied(error: unknown): boolean {
  return (
    error instanceof ConfigReadError && (hasErrno(error.cause, "EACCES") || hasErrno(error.cause, "EPERM"))
  );
}

/** Returns Go's words for an error of the operating system: `no such file or directory`. */
export function describeErrno(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case TOO_LARGE:
    case NO_DATA:
      return String((error as { readonly message?: unknown }).message);
    // Node's own error for a path with a NUL character, which the system calls invalid too.
    case "ERR_INVALID_ARG_VALUE":
      return describeErrno({ code: "EINVAL" });
    default:
      return errnoWords(code) ?? (code || String(error));
  }
}

function inGoWords<T>(operation: string, path: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ConfigReadError) {
      throw error;
    }
    const { syscall }: { readonly syscall?: unknown } = Object(error) as object;
    const failed = typeof syscall === "string" ? syscall : operation;
    throw new ConfigReadError(`${failed} ${path}: ${describeErrno(error)}`, path, error);
  }
}
