/** This process, and what it can know of others on its machine. */
export interface HostSelf {
  /** The number of this process. */
  readonly pid: number;
  /** The version of Node.js that runs it: `v22.1.0`. */
  readonly nodeVersion: string;
  /** Returns the name of the machine, for people. */
  machine(): string;
  /**
   * Names the namespace in which process numbers are valid: the machine since its last start, and on Linux the PID
   * namespace (containers have their own).
   */
  processNamespace(): string;
  /** Reports whether a process of this namespace runs. */
  isRunning(pid: number): boolean;
  /**
   * Returns when a process of this namespace started; undefined if it does not run, or the system does not report that
   * cheaply.
   */
  startOf(pid: number): ProcessStart | undefined;
  /** Lists the other processes of this namespace; none where the system does not list them cheaply. */
  others(): readonly OtherProcess[];
  /** Waits. */
  sleep(milliseconds: number): Promise<void>;
  /**
   * Calls a function before a signal (SIGINT, SIGTERM, SIGHUP) or an early exit ends the process. Such a signal ends
   * the process only after that, until the returned function is called and its promise, which waits for pending
   * signals, is fulfilled.
   */
  beforeEnd(cleanUp: () => void): () => Promise<void>;
  /**
   * Calls a function for each SIGINT, SIGTERM and SIGHUP, which do not end this process then, until the returned function is
   * called. Optional: the library never calls it.
   */
  onSignal?(listener: (signal: string) => void): () => void;
  /**
   * Returns the home of the user who runs this process, from the password database, on Windows from the user's profile;
   * ignores the environment. Undefined if the system has no such user.
   */
  accountHome(): string | undefined;
  /** Returns the number of the user whose rights this process has on files; undefined on Windows. */
  user(): number | undefined;
  /**
   * Reads all of the standard input.
   *
   * @param limit - in bytes; more is an error with the code `ERR_FILE_TOO_LARGE`
   */
  readInput(limit: number): Uint8Array;
}

/** When a process started. */
export interface ProcessStart {
  /** Differs from that of every other process that ever has the same number in this namespace. */
  readonly mark: string;
  /** In milliseconds since 1970; accurate to some seconds, unless the clock is set. */
  readonly time: number;
}

/** Another process. */
export interface OtherProcess {
  /** Its number. */
  readonly pid: number;
  /** The base name of the file that it executes. */
  readonly program: string;
  /** Its arguments, without its own name. */
  readonly args: readonly string[];
}
