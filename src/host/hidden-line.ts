const ENTER = /^[\r\n]$/;
const ERASE_CHARACTER = /^[\b\u007f]$/u;
const ERASE_LINE = "\u0015";
const INTERRUPT = "\u0003";

/** A line that is typed into a terminal which gives every key as it is, shows nothing and corrects nothing. */
export class HiddenLine {
  readonly #decoder = new TextDecoder();
  #characters: string[] = [];
  #state: "open" | "complete" | "interrupted" = "open";

  /** Takes what was typed. What follows the end of the line is dropped. */
  type(bytes: Uint8Array): void {
    for (const character of this.#decoder.decode(bytes, { stream: true })) {
      if (this.#state !== "open") {
        return;
      }
      this.#press(character);
    }
  }

  /** Whether the line was ended, or the program was to be interrupted, or there is more to come. */
  get state(): "open" | "complete" | "interrupted" {
    return this.#state;
  }

  /** What has been typed. Secret. */
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
      // Other control characters mean nothing: kubectl does not take the end-of-file for the end of a password, either.
      this.#characters.push(character);
    }
  }
}
