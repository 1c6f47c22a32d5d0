import { filepathFor } from "../go/filepath.ts";
import { goQuote } from "../go/quote.ts";
import { ConfigReadError } from "../errors.ts";
import type { Host } from "../host/host.ts";
import { isWrongDigest } from "../host/processes.ts";
import type { ExecutableFacts, FoundDigest, Lookup } from "../policy/lookup.ts";
import { failedLookup, relativeLookup } from "../policy/lookup.ts";
import { describeErrno, stat, statIfPossible } from "./file-system.ts";
import { lookExtensionsOnWindows, lookPathOnWindows } from "./look-path-windows.ts";

/** Makes the facts about executables, as Go 1.25's os/exec would see them. */
export function executableFacts(host: Host): ExecutableFacts & {
  readonly digest: (path: string) => FoundDigest;
} {
  return {
    lookPath: (name) => lookPath(host, name),
    lookExtensions: (path) =>
      host.platform === "win32" ? lookExtensionsOnWindows(host, path) : { path, error: undefined },
    startFault: (path) => startFault(host, path),
    digest: (path) => digestFact(host, path),
  };
}

/**
 * Finds an executable as Go 1.25's `exec.LookPath` does: a name with a separator stays, any other is looked up in PATH.
 * A hit relative to the current directory is an error that carries the path.
 */
export function lookPath(host: Host, name: string): Lookup {
  return host.platform === "win32" ? lookPathOnWindows(host, name) : lookPathOnUnix(host, name);
}

function lookPathOnUnix(host: Host, name: string): Lookup {
  const filepath = filepathFor(host);
  const notFound = failedLookup(name, "executable file not found in $PATH");
  if (name === "" || name === "." || name === "..") {
    return notFound;
  }
  if (name.includes("/")) {
    const fault = executableFault(host, name);
    return fault === undefined ? { path: name, error: undefined } : failedLookup(name, fault);
  }
  for (const element of filepath.splitList(host.env["PATH"] ?? "")) {
    // An empty element of PATH means the current directory, as in shells.
    const dir = element === "" ? "." : element;
    const path = filepath.join(dir, name);
    if (executableFault(host, path) === undefined) {
      return filepath.isAbs(path) ? { path, error: undefined } : relativeLookup(name, path);
    }
    if (isGarbled(host, dir)) {
      return failedLookup(name, `cannot look into ${goQuote(dir)} of $PATH, whose name is not UTF-8`);
    }
  }
  return notFound;
}

/**
 * Reports whether a folder's name holds bytes that are not UTF-8, which Node replaces by U+FFFD. Other programs can
 * find files there while kcfg cannot: a hit later in PATH is then not certain to come first.
 */
function isGarbled(host: Host, dir: string): boolean {
  return dir.includes("\ufffd") && statIfPossible(host, dir) === undefined;
}

/** Returns why a file is not executable, in Go's words; undefined if it is. Go's `findExecutable`. */
function executableFault(host: Host, path: string): string | undefined {
  try {
    if (stat(host, path).isDirectory) {
      return "is a directory";
    }
    host.fs.checkExecutable(path);
    return undefined;
  } catch (error) {
    return error instanceof ConfigReadError ? error.message : describeErrno(error);
  }
}

function digestFact(host: Host, path: string): FoundDigest {
  try {
    return { digest: host.processes.digest(path) };
  } catch (error) {
    return { fault: isWrongDigest(error) ? CHANGING : describeErrno(error) };
  }
}

/** Why a file has no digest that is being written to. */
export const CHANGING = "it changes while it is read";

/** Returns why the system would not start a file, in the words of `execve`. */
function startFault(host: Host, path: string): string | undefined {
  if (host.platform === "win32") {
    return undefined;
  }
  try {
    if (!host.fs.stat(path).isFile) {
      return "permission denied";
    }
    host.fs.checkExecutable(path);
    const code = host.processes.startFault(path);
    return code === undefined ? undefined : describeErrno({ code });
  } catch (error) {
    return describeErrno(error);
  }
}
