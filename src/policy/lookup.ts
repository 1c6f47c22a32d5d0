import { goQuote } from "../go/quote.ts";

/** Why a name could not be made an executable's path. Go's `exec.Error`. */
export interface LookupError {
  /** `relative`: something was found, but only relative to the current directory, and so it is not run. Go's `ErrDot`. */
  readonly kind: "relative" | "unusable";
  /** In Go's words: `exec: "plug": executable file not found in $PATH`. */
  readonly message: string;
}

/** What Go's `exec.LookPath` answers. */
export interface Lookup {
  /** `""` if nothing was found; also set with an error of kind `relative`. */
  readonly path: string;
  readonly error: LookupError | undefined;
}

/** Returns the Lookup of a name that led to nothing. */
export function failedLookup(name: string, reason: string): Lookup {
  return { path: "", error: { kind: "unusable", message: `exec: ${goQuote(name)}: ${reason}` } };
}

/** Returns the Lookup of a name that led to a file relative to the current directory. */
export function relativeLookup(name: string, path: string): Lookup {
  const reason = "cannot run executable found relative to current directory";
  return { path, error: { kind: "relative", message: `exec: ${goQuote(name)}: ${reason}` } };
}

/** What a decision has to know about the machine. Each answer must be what the machine would say at that moment. */
export interface ExecutableFacts {
  /** Go's `exec.LookPath`. */
  lookPath(name: string): Lookup;
  /** Windows: which file an executable's path without its extension means. Go's `exec.lookExtensions`. */
  lookExtensions(path: string): Lookup;
  /** Why the system would not start the file of this path: `no such file or directory`; undefined if it would. */
  startFault(path: string): string | undefined;
}
