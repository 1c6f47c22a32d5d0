/** Starts other processes. */
export interface HostProcesses {
  /**
   * Starts an executable, never through a shell and never by a look-up in PATH, and waits until it has ended and
   * nothing can write to its output any more.
   *
   * While it runs, it and its children are ended if this process ends, by a signal or by itself.
   *
   * @param file - the path of the executable
   * @throws an error with the `code` of why it could not be started, such as `EACCES`
   */
  run(file: string, options: RunOptions): Promise<RunResult>;
  /**
   * Runs a program of the user's own choice in the foreground: it has this process's terminal, and Ctrl-C is for it alone.
   * SIGTERM and SIGHUP end the program, too. Never through a shell and never by a look-up in PATH. Optional: the library
   * never calls it.
   *
   * @param file - the path of the executable
   * @throws an error with the `code` of why it could not be started, such as `ENOEXEC`
   */
  runInForeground?(file: string, options: ForegroundOptions): Promise<ProcessEnd>;
  /**
   * Checks whether the system would start a file that this process may execute, without starting it. Not checked on
   * Windows.
   *
   * @param file - the path of the executable
   * @returns the `code` of the error with which it would not be started, such as `ENOEXEC`; undefined if it would
   */
  startFault(file: string): string | undefined;
  /**
   * Returns the digest of an executable: `sha256:` and 64 hexadecimal digits.
   *
   * @param file - the path of the executable
   * @throws an error with the `code` of why it could not be read
   */
  digest(file: string): string;
}

const WRONG_DIGEST = "ERR_WRONG_DIGEST";

/** Reports whether an error is a {@link WrongDigestError}, also one of another copy of this module. */
export function isWrongDigest(error: unknown): error is WrongDigestError {
  return typeof error === "object" && error !== null && "code" in error && error.code === WRONG_DIGEST;
}

/** An executable that has none of the demanded digests, and was not started. */
export class WrongDigestError extends Error {
  override readonly name = "WrongDigestError";
  readonly code = WRONG_DIGEST;
  /** Its digest; undefined if it changed while it was read. */
  readonly found: string | undefined;

  constructor(found: string | undefined) {
    super("the executable has none of the demanded digests");
    this.found = found;
  }
}

/** How a process is started. */
export interface RunOptions {
  /** The name by which it is called: C's `argv[0]`. */
  readonly argv0: string;
  /** Its arguments after `argv0`. */
  readonly args: readonly string[];
  /**
   * Digests as of {@link HostProcesses.digest}, one of which the executable must have; undefined for any content. What is
   * started is what was checked, as far as the system can do that.
   *
   * Throws an error of the name `WrongDigestError` if it has none of them.
   */
  readonly digests?: readonly string[] | undefined;
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether it inherits this process's standard input; otherwise it reads nothing. */
  readonly inheritStdin: boolean;
  /** How many bytes it may print; it and its children are killed when it prints more. */
  readonly maxOutput: number;
  /**
   * Receives what it prints on standard output, as it comes, and must not throw; the result then has none of it. No more is
   * read before the returned promise is fulfilled.
   */
  readonly onStdout?: ((chunk: Uint8Array) => Promise<unknown>) | undefined;
  /**
   * Receives what it prints on standard error, as it comes, and must not throw; if undefined, that goes where this
   * process's goes.
   */
  readonly onStderr?: ((chunk: Uint8Array) => void) | undefined;
  /** Kills the process and its children when it is aborted. The result follows when they have ended. */
  readonly signal: AbortSignal | undefined;
}

/** How a program is started in the foreground. */
export interface ForegroundOptions {
  /** The name by which it is called: C's `argv[0]`. */
  readonly argv0: string;
  /** Its arguments after `argv0`. */
  readonly args: readonly string[];
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  /** Receives the number of the process when it has started. */
  readonly onStart?: ((pid: number) => void) | undefined;
}

/** How a process ended. */
export interface ProcessEnd {
  /** The exit code; undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  /** The name of the signal that ended it. */
  readonly signal: string | undefined;
}

/** How a process ended, and what it printed. */
export interface RunResult extends ProcessEnd {
  /** What it printed on standard output. */
  readonly stdout: Uint8Array;
  /** Whether it printed more than it may; `stdout` is then incomplete. */
  readonly isTruncated: boolean;
}
