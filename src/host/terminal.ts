/** The terminal, or its replacement, that the process was started with. */
export interface HostTerminal {
  /** Reports whether a standard stream is a terminal. Go's `term.IsTerminal`. */
  isTerminal(stream: "stdin" | "stdout" | "stderr"): boolean;
  /** Writes to standard output. */
  write(text: string): void;
  /** Waits for the next byte of standard input, and reads no more of it; undefined at its end. */
  readByte(): Promise<number | undefined>;
  /**
   * Waits for a line from the terminal on standard input, without echo. The line can be corrected and the program
   * interrupted as usual. Go's `term.ReadPassword`.
   */
  readHiddenLine(): Promise<string>;
  /** Returns the size of the terminal on standard error, in characters. */
  size(): TerminalSize;
  /**
   * Passes every key of the terminal on standard input to the listener, as the bytes that it sends, without echo and
   * without interrupting the program, until the returned function is called.
   */
  takeKeys(listener: KeyListener): () => void;
}

/** The size of a terminal. */
export interface TerminalSize {
  /** Characters in a line. */
  readonly columns: number;
  /** Lines. */
  readonly rows: number;
}

/** Receives events while keys are taken. */
export interface KeyListener {
  /** Receives the bytes that keys send. */
  readonly onKeys: (bytes: Uint8Array) => void;
  /** Called when the terminal has another size. */
  readonly onResize: () => void;
  /** Called when no key will come any more. */
  readonly onEnd: () => void;
}
