const PARTS_AT_ONCE = 4096;

/** Joins very many short pieces without keeping them all. */
export class TextBuilder {
  readonly #parts: string[] = [];
  readonly #joined: string[] = [];

  add(piece: string): void {
    if (piece === "") return;
    this.#parts.push(piece);
    if (this.#parts.length === PARTS_AT_ONCE) {
      this.#joined.push(this.#parts.join(""));
      this.#parts.length = 0;
    }
  }

  toString(): string {
    const rest = this.#parts.join("");
    return this.#joined.length === 0 ? rest : this.#joined.join("") + rest;
  }
}
