const UNITS_AT_ONCE = 8192;

/**
 * Builds a long text unit by unit. Joining strings, or replacing by regular expression, costs memory for every piece, and
 * V8 gives up (and ends the process) on too many of them: a hostile text may ask for fifty million.
 */
export class UnitBuilder {
  readonly #units = new Uint16Array(UNITS_AT_ONCE);
  #used = 0;
  #text = "";

  /** Adds one UTF-16 code unit. */
  push(unit: number): void {
    if (this.#used === UNITS_AT_ONCE) {
      this.#flush();
    }
    this.#units[this.#used++] = unit;
  }

  /** Adds a short piece of text. */
  add(piece: string): void {
    for (let i = 0; i < piece.length; i++) {
      this.push(piece.charCodeAt(i));
    }
  }

  toString(): string {
    this.#flush();
    return this.#text;
  }

  #flush(): void {
    this.#text += String.fromCharCode(...this.#units.subarray(0, this.#used));
    this.#used = 0;
  }
}
