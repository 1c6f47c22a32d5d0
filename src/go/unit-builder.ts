const UNITS_AT_ONCE = 1024;
const LONG_RANGE = 32;

/**
 * Builds a long string unit by unit. Joining strings, or replacing by regular expression, costs memory for every piece,
 * and V8 aborts the process on too many of them: a hostile file may ask for fifty million.
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

  /** Adds a short string. */
  add(piece: string): void {
    for (let i = 0; i < piece.length; i++) {
      this.push(piece.charCodeAt(i));
    }
  }

  /** Adds part of a string. A long part is not copied. */
  addRange(text: string, from: number, to: number): void {
    if (to - from < LONG_RANGE) {
      for (let i = from; i < to; i++) {
        this.push(text.charCodeAt(i));
      }
      return;
    }
    this.#flush();
    this.#text += text.slice(from, to);
  }

  /** Adds a number as so many hexadecimal digits; `a` is `a` or `A`. */
  addHex(value: number, digits: number, a: number): void {
    for (let shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      const digit = (value >>> shift) & 0xf;
      this.push(digit < 10 ? 0x30 + digit : a + digit - 10);
    }
  }

  toString(): string {
    this.#flush();
    return this.#text;
  }

  #flush(): void {
    this.#text += Reflect.apply(
      String.fromCharCode,
      undefined,
      this.#units.subarray(0, this.#used),
    ) as string;
    this.#used = 0;
  }
}
