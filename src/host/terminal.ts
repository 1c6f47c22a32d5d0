/** The terminal, or what replaces it, that the process was started with. */
export interface HostTerminal {
  /** Reports whether a standard stream is a terminal. Go's `term.IsTerminal`. */
  isTerminal(stream: "stdin" | "stdout" | "stderr"): boolean;
  /** Writes to standard output. */
  write(text: string): void;
  /** Waits for the next byte of standard input, and takes no more of it; undefined at its end. */
  readByte(): Promise<number | undefined>;
  /**
   * Waits for a line of the terminal that is standard input, without showing what is typed. The line may be corrected
   * and the program be interrupted as usual. Go's `term.ReadPassword`.
   */
  readHiddenLine(): Promise<string>;
  /** Returns the size of the terminal that standard error is, in characters. */
  size(): TerminalSize;
  /**
   * Gives every key of the terminal that is standard input to the listener, as the bytes that it sends, shows none, and lets
   * none interrupt the program, until the function that it returns is called.
   */
  takeKeys(listener: KeyListener): () => void;
}

/** How much a terminal shows. */
export interface TerminalSize {
  /** Characters in a line. */
  readonly columns: number;
  /** Lines. */
  readonly rows: number;
}

/** What is reported while keys are taken. */
export interface KeyListener {
  /** What keys send. */
  readonly onKeys: (bytes: Uint8Array) => void;
  /** The terminal has another size. */
  readonly onResize: () => void;
  /** No key will come any more. */
  readonly onEnd: () => void;
}
