import { posix, win32 } from "node:path";
import type { Field } from "../api/fields.ts";
import type { Filepath } from "../go/filepath.ts";
import type { Noun } from "./paths.ts";
import { mapPaths } from "./paths.ts";

/**
 * Writes the paths of an entry as client-go's `RelativizeClusterLocalPaths` and `RelativizeAuthInfoLocalPaths` do:
 * relative to the folder of the file that the entry goes to, unless that needs a `..`. Paths that `before` has too stay
 * as they are written. A command with a separator keeps one, as in `./plug`: without it, it would be looked up in PATH.
 *
 * @param fields - those of the entry
 * @param base - the folder, absolute
 */
export function relativizePaths<T extends Noun>(
  entry: T,
  before: T | undefined,
  fields: Readonly<Record<string, Field>>,
  base: string,
  filepath: Filepath,
): T {
  const { separator } = filepath;
  const old = new Set<string>();
  if (before !== undefined) {
    mapPaths(before, fields, filepath, (path, _isCommand, key) => {
      old.add(`${key} ${path}`);
      return path;
    });
  }
  return mapPaths(entry, fields, filepath, (path, isCommand, key) => {
    if (old.has(`${key} ${path}`)) {
      return path;
    }
    const relative = relativize(path, base, filepath);
    return isCommand && !relative.includes(separator) ? `.${separator}${relative}` : relative;
  });
}

/** Implements client-go's `ResolvePaths`, then `RelativizePathWithNoBacksteps`. */
function relativize(path: string, base: string, filepath: Filepath): string {
  if (path === "") {
    return "";
  }
  const absolute = filepath.isAbs(path) ? path : filepath.join(base, path);
  const rules = filepath.separator === "\\" ? win32 : posix;
  const relative = rules.relative(base, absolute) || ".";
  // On Windows a path on another drive has no relative form.
  return relative.startsWith(`..${filepath.separator}`) || filepath.isAbs(relative) ? absolute : relative;
}
