/** The terminal, or what stands in for it, that the process was started with. */
export interface HostTerminal {
  /** Whether a standard stream is a terminal. Go's `term.IsTerminal`. */
  isTerminal(stream: "stdin" | "stdout" | "stderr"): boolean;
}
