import type { Filepath } from "../go/filepath.ts";

/** What must be known of the files that a kubeconfig names. */
export interface NamedFileFacts {
  /** Returns the path without symbolic links; undefined if there is no such file, or it is unknown. */
  realPath(path: string): string | undefined;
  /** Reports whether the path itself is a symbolic link. */
  isLink(path: string): boolean;
  /** Reports whether it is a regular file, through links; undefined if there is none. */
  isRegular(path: string): boolean | undefined;
}

/** Finds out where the files are that a kubeconfig names. */
export interface FilePlaces {
  /**
   * Reports whether a file belongs to the kubeconfig: it is in the kubeconfig's folder or below, by its name and by the
   * targets of links, and no name on the way is hidden (begins with a dot), as `.ssh` and `.git` are.
   */
  isOwn(path: string, folder: string): boolean;
}

/**
 * Makes a FilePlaces.
 *
 * @param home - the user's home directory, `""` if it is not known: a folder above it belongs to no kubeconfig
 */
export function filePlaces(filepath: Filepath, home: string, facts: NamedFileFacts): FilePlaces {
  const realPlace = remembering((path) => findRealPlace(path, filepath, facts));
  const isAbove = (path: string | undefined, folder: string | undefined): boolean =>
    path !== undefined && folder !== undefined && partsBelow(path, folder, filepath).length > 0;
  const isAboveHome = remembering(
    (folder) => home !== "" && (isAbove(home, folder) || isAbove(realPlace(home), realPlace(folder))),
  );
  return {
    isOwn: (path, folder) => {
      const realFolder = realPlace(folder);
      const real = realPlace(path);
      return (
        realFolder !== undefined &&
        real !== undefined &&
        !isAboveHome(folder) &&
        [partsBelow(path, folder, filepath), partsBelow(real, realFolder, filepath)].every(
          (parts) => parts.length > 0 && !parts.some((part) => HIDDEN.test(part)),
        )
      );
    },
  };
}

/** Hidden names. Those with two dots are kubelet's versions of a mounted Secret: `..data`. */
const HIDDEN = /^\.[^.]/;

/** Returns the names between a folder and a path below it; none for a path that is not below it. */
function partsBelow(path: string, folder: string, filepath: Filepath): readonly string[] {
  const { separator } = filepath;
  const fold = (text: string): string => (separator === "\\" ? text.toLowerCase() : text);
  const base = filepath.clean(folder);
  const prefix = base.endsWith(separator) ? base : `${base}${separator}`;
  const cleaned = filepath.clean(path);
  return fold(cleaned).startsWith(fold(prefix)) ? cleaned.slice(prefix.length).split(separator) : [];
}

/**
 * Resolves links in a path that need not exist: the existing part without links, and the rest. Undefined for a path
 * through a dangling link: the user who creates its target decides where it leads.
 */
function findRealPlace(path: string, filepath: Filepath, facts: NamedFileFacts): string | undefined {
  if (path.length > LONGEST_PATH) {
    return undefined;
  }
  const missing: string[] = [];
  for (let place = path; ;) {
    const real = facts.realPath(place);
    if (real !== undefined) {
      return filepath.join(real, ...missing.toReversed());
    }
    const folder = filepath.dir(place);
    if (facts.isLink(place) || folder === place) {
      return undefined;
    }
    missing.push(filepath.base(place));
    place = folder;
  }
}

/** The longest path on Windows; no system opens a longer one. */
const LONGEST_PATH = 32_767;

function remembering<T>(run: (text: string) => T): (text: string) => T {
  const answers = new Map<string, { readonly answer: T }>();
  return (text) => {
    const known = answers.get(text) ?? { answer: run(text) };
    answers.set(text, known);
    return known.answer;
  };
}
