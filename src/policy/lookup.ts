import { goQuote } from "../go/quote.ts";

/** Why a name could not be resolved to an executable's path. Go's `exec.Error`. */
export interface LookupError {
  /** `relative`: something was found, but only relative to the current directory, and so it is not run. Go's `ErrDot`. */
  readonly kind: "relative" | "unusable";
  /** In Go's words: `exec: "plug": executable file not found in $PATH`. */
  readonly message: string;
}

/** The result of Go's `exec.LookPath`. */
export interface Lookup {
  /** `""` if nothing was found; also set with an error of kind `relative`. */
  readonly path: string;
  readonly error: LookupError | undefined;
}

/** Makes the Lookup of a name that was not found. */
export function failedLookup(name: string, reason: string): Lookup {
  return { path: "", error: { kind: "unusable", message: `exec: ${goQuote(name)}: ${reason}` } };
}

/** Makes the Lookup of a name that was found relative to the current directory. */
export function relativeLookup(name: string, path: string): Lookup {
  const reason = "cannot run executable found relative to current directory";
  return { path, error: { kind: "relative", message: `exec: ${goQuote(name)}: ${reason}` } };
}

/** The digest of a file, or why there is none. */
export type FoundDigest =
  | { readonly digest: string; readonly fault?: undefined }
  | { readonly digest?: undefined; readonly fault: string };

/** The facts about the machine that a decision needs. Each answer must be up to date. */
export interface ExecutableFacts {
  /** Implements Go's `exec.LookPath`. */
  lookPath(name: string): Lookup;
  /** Finds the file that an executable's path without its extension means on Windows. Go's `exec.lookExtensions`. */
  lookExtensions(path: string): Lookup;
  /**
   * Returns why the system would not start the file at this path: `no such file or directory`; undefined if it would.
   */
  startFault(path: string): string | undefined;
  /**
   * Returns the digest of the file at this path, `sha256:…`, or why it has none. Left out where digests are compared
   * later, with what is then started.
   */
  readonly digest?: ((path: string) => FoundDigest) | undefined;
}
