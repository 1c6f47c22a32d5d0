/**
 * Finds one character repeatedly, from offsets that only grow, so each part of the text is searched once, at the speed
 * of `indexOf`.
 */
export class NextOccurrence {
  readonly #text: string;
  readonly #character: string;
  /** The character does not occur from the one offset up to, but not including, the other. */
  #since = 0;
  #at = -1;

  constructor(text: string, character: string) {
    this.#text = text;
    this.#character = character;
  }

  /** Returns the offset of the first occurrence at or after an offset; the length of the text if there is none. */
  from(offset: number): number {
    if (offset > this.#at || offset < this.#since) {
      this.#since = offset;
      const at = this.#text.indexOf(this.#character, offset);
      this.#at = at < 0 ? this.#text.length : at;
    }
    return this.#at;
  }
}
