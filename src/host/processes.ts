/** How the process starts others. */
export interface HostProcesses {
  /**
   * Starts an executable, never through a shell and never by a look-up in PATH.
   *
   * @param file - the path of the executable
   */
  run(file: string, options: RunOptions): Promise<RunResult>;
}

/** What a process is started with. */
export interface RunOptions {
  readonly args: readonly string[];
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether it is given this process's standard input; otherwise it reads nothing. */
  readonly inheritStdin: boolean;
  /** Kills the process and its children when it is aborted. */
  readonly signal: AbortSignal | undefined;
}

/** How a process ended. Its standard error went where that of this process goes. */
export interface RunResult {
  readonly stdout: Uint8Array;
  /** The exit code; undefined when a signal ended it. */
  readonly exitCode: number | undefined;
  /** The name of the signal that ended it. */
  readonly signal: string | undefined;
}
