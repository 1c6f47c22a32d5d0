const ENTER = /^[\r\n]$/;
const ERASE_CHARACTER = /^[\b\u007f]$/u;
const ERASE_LINE = "\u0015";
const INTERRUPT = "\u0003";

/** A line typed into a terminal in raw mode, without echo or editing. */
export class HiddenLine {
  readonly #decoder = new TextDecoder();
  #characters: string[] = [];
  #state: "open" | "complete" | "interrupted" = "open";

  /** Adds typed bytes. What follows the end of the line is dropped. */
  type(bytes: Uint8Array): void {
    for (const character of this.#decoder.decode(bytes, { stream: true })) {
      if (this.#state !== "open") {
        return;
      }
      this.#press(character);
    }
  }

  /** Whether the line is complete, was interrupted, or continues. */
  get state(): "open" | "complete" | "interrupted" {
    return this.#state;
  }

  /** The typed text. Secret. */
  get text(): string {
    return this.#characters.join("");
  }

  #press(character: string): void {
    if (ENTER.test(character)) {
      this.#state = "complete";
    } else if (character === INTERRUPT) {
      this.#state = "interrupted";
    } else if (ERASE_CHARACTER.test(character)) {
      this.#characters.pop();
    } else if (character === ERASE_LINE) {
      this.#characters = [];
    } else if (character >= " ") {
      // Other control characters mean nothing: kubectl does not end a password at the end-of-file character either.
      this.#characters.push(character);
    }
  }
}
