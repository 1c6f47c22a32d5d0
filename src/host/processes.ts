/** How the process starts others. */
export interface HostProcesses {
  /**
   * Starts an executable, never through a shell and never by a look-up in PATH, and waits until it has ended and
   * nobody can write to its output any more.
   *
   * While it runs, an end of this process, be it by a signal or by its own will, ends it and its children too.
   *
   * @param file - the path of the executable
   * @throws an error with the `code` of why it could not be started, such as `EACCES`, in what it is rejected with
   */
  run(file: string, options: RunOptions): Promise<RunResult>;
  /**
   * Checks whether the system would start a file that this process may execute, without starting it. On Windows it is not
   * checked.
   *
   * @param file - the path of the executable
   * @returns the `code` of the error with which it would not be started, such as `ENOEXEC`; undefined if it would
   */
  startFault(file: string): string | undefined;
}

/** What a process is started with. */
export interface RunOptions {
  /** What it is reported that it was called by; its first argument, as C counts. */
  readonly argv0: string;
  /** Its arguments, beside `argv0`. */
  readonly args: readonly string[];
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether it is given this process's standard input; otherwise it reads nothing. */
  readonly inheritStdin: boolean;
  /** How many bytes it may print; it and its children are killed when it prints more. */
  readonly maxOutput: number;
  /** Kills the process and its children when it is aborted. The result is given when they have ended. */
  readonly signal: AbortSignal | undefined;
}

/** How a process ended. Its standard error went where that of this process goes. */
export interface RunResult {
  /** What it printed on standard output. */
  readonly stdout: Uint8Array;
  /** Whether it printed more than it may; `stdout` is not complete then. */
  readonly isTruncated: boolean;
  /** The exit code; undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  /** The name of the signal that ended it. */
  readonly signal: string | undefined;
}
