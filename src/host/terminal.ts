/** The terminal, or what stands in for it, that the process was started with. */
export interface HostTerminal {
  /** Whether a standard stream is a terminal. Go's `term.IsTerminal`. */
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
}
