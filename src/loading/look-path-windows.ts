import { filepathFor } from "../go/filepath.ts";
import type { Host } from "../host/host.ts";
import type { Lookup } from "../policy/lookup.ts";
import { failedLookup, relativeLookup } from "../policy/lookup.ts";
import { statIfPossible } from "./file-system.ts";

const NOT_FOUND = "executable file not found in %PATH%";

/** Implements Go 1.25's `exec.LookPath` on Windows. */
export function lookPathOnWindows(host: Host, name: string): Lookup {
  return isNoName(name) ? failedLookup(name, NOT_FOUND) : search(host, name, executableExtensions(host));
}

/**
 * Implements Go 1.25's `exec.lookExtensions`: a path with an extension of PATHEXT stays, whether it exists or not; to
 * another one the extensions are added in turn. A bare name means the current directory, never PATH.
 */
export function lookExtensionsOnWindows(host: Host, path: string): Lookup {
  if (isNoName(path)) {
    return failedLookup(path, NOT_FOUND);
  }
  const filepath = filepathFor(host);
  const extensions = executableExtensions(host);
  const file = filepath.base(path) === path ? `.\\${path}` : path;
  const extension = /\.[^.\\/]*$/.exec(file)?.[0].toLowerCase();
  return extension !== undefined && extensions.includes(extension)
    ? { path: file, error: undefined }
    : search(host, file, extensions);
}

/** Reports whether Go refuses to look a name up at all. */
function isNoName(name: string): boolean {
  return name === "" || name === "." || name === "..";
}

function search(host: Host, name: string, extensions: readonly string[]): Lookup {
  if (/[:\\/]/.test(name)) {
    const found = findExecutable(host, name, extensions);
    return found === undefined
      ? failedLookup(name, reasonFor(name, extensions))
      : { path: found, error: undefined };
  }
  // Windows looks into the current directory first, unless configured not to. A program found there is never run.
  const here =
    variable(host, "NoDefaultCurrentDirectoryInExePath") === undefined
      ? findExecutable(host, name, extensions)
      : undefined;
  let relative = here;
  const filepath = filepathFor(host);
  for (const dir of filepath.splitList(variable(host, "PATH") ?? "").filter((element) => element !== "")) {
    const found = findExecutable(host, filepath.join(dir, name), extensions);
    if (found === undefined) {
      continue;
    }
    // A hit in the current directory hides those in PATH, except when it is the same file under its full name.
    if (relative !== undefined && !isSameFile(host, relative, found)) {
      return relativeLookup(name, relative);
    }
    if (filepath.isAbs(found)) {
      return { path: found, error: undefined };
    }
    relative ??= found;
  }
  return relative === undefined ? failedLookup(name, NOT_FOUND) : relativeLookup(name, relative);
}

function isSameFile(host: Host, one: string, other: string): boolean {
  try {
    return host.fs.isSameFile(one, other);
  } catch {
    return false;
  }
}

/** Finds the file itself if it has an extension, whichever, else with one of PATHEXT. Go's `findExecutable`. */
function findExecutable(host: Host, file: string, extensions: readonly string[]): string | undefined {
  const asItIs = extensions.length === 0 || hasExtension(file) ? [file] : [];
  return [...asItIs, ...extensions.map((extension) => file + extension)].find(
    (candidate) => statIfPossible(host, candidate)?.isDirectory === false,
  );
}

function reasonFor(file: string, extensions: readonly string[]): string {
  return hasExtension(file) || extensions.length === 0 ? "file does not exist" : NOT_FOUND;
}

function hasExtension(file: string): boolean {
  return /\.[^:\\/]*$/.test(file);
}

/** Returns the extensions of PATHEXT, in lower case and with their dots. */
function executableExtensions(host: Host): readonly string[] {
  const list = variable(host, "PATHEXT") ?? "";
  return list === ""
    ? [".com", ".exe", ".bat", ".cmd"]
    : list
        .toLowerCase()
        .split(";")
        .filter((extension) => extension !== "")
        .map((extension) => (extension.startsWith(".") ? extension : `.${extension}`));
}

/** Returns a variable; their names have no case on Windows. */
function variable(host: Host, name: string): string | undefined {
  const found = Object.keys(host.env).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : host.env[found];
}
