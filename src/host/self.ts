/** This process, and what it can know of the others on its machine. */
export interface HostSelf {
  /** The number of this process. */
  readonly pid: number;
  /** The version of Node.js that runs it: `v22.1.0`. */
  readonly nodeVersion: string;
  /** Returns the name of the machine, for people. */
  machine(): string;
  /**
   * Names the namespace in which process numbers mean something: the machine, since its last start, and on Linux the
   * namespace of process numbers (containers have their own).
   */
  processNamespace(): string;
  /** Reports whether a process of this namespace runs. */
  isRunning(pid: number): boolean;
  /** When a process of this namespace started; undefined if it does not run, or the system does not report that cheaply. */
  startOf(pid: number): ProcessStart | undefined;
  /** Returns the other processes of this namespace; none where the system does not tell cheaply. */
  others(): readonly OtherProcess[];
  /** Waits. */
  sleep(milliseconds: number): Promise<void>;
  /**
   * Has something done before a signal (SIGINT, SIGTERM, SIGHUP) or an early exit ends the process. Such a signal ends the
   * process only after that, until the returned function is called and its promise, which waits for signals that have
   * come already, is fulfilled.
   */
  beforeEnd(cleanUp: () => void): () => Promise<void>;
  /**
   * Returns the home of the user who runs this process, by the password database, on Windows by the user's profile: no
   * variable of the environment counts. Undefined if the system knows no such user.
   */
  accountHome(): string | undefined;
  /** Number of the user whose rights this process has on files; undefined on Windows. */
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
  /** Differs from that of every other process that has, had or will have the same number in this namespace. */
  readonly mark: string;
  /** In milliseconds since 1970; right to some seconds, as long as nobody sets the clock. */
  readonly time: number;
}

/** A process of somebody else. */
export interface OtherProcess {
  /** Its number. */
  readonly pid: number;
  /** The base name of the file that it executes. */
  readonly program: string;
  /** Its arguments, without its own name. */
  readonly args: readonly string[];
}
