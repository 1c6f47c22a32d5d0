import type { ServerWarning } from "./warning-headers.ts";

/** The code of warnings for people: 299 is "miscellaneous persistent warning". */
const PRINTED = 299;

/** Prints the warnings of servers that are for people, each once. client-go's `warningWriter`. */
export class PrintedWarnings {
  readonly #print: (text: string) => void;
  readonly #printed = new Set<string>();

  constructor(print: (text: string) => void) {
    this.#print = print;
  }

  /** Prints a warning, unless it is of another kind or was printed before. */
  print({ code, text }: ServerWarning): void {
    if (code === PRINTED && text !== "" && !this.#printed.has(text)) {
      this.#printed.add(text);
      this.#print(text);
    }
  }

  /** Forgets what was printed. */
  clear(): void {
    this.#printed.clear();
  }

  /**
   * Treats the printed warnings as errors, for `--warnings-as-errors`.
   *
   * @throws Error in kubectl's words if there are any
   */
  refuse(): void {
    const { size } = this.#printed;
    if (size > 0) {
      throw new Error(`${size} warning${size === 1 ? "" : "s"} received`);
    }
  }
}
