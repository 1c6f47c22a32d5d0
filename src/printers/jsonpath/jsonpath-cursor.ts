import { END_OF_INPUT } from "./characters.ts";

/** A position in the text of a template, with a mark at the start of the current piece. */
export class JsonPathCursor {
  readonly #input: string;
  #position = 0;
  #mark = 0;
  #width = 0;

  constructor(input: string) {
    this.#input = input;
  }

  /** Moves past one character and returns its code point, or {@link END_OF_INPUT}. */
  next(): number {
    const codePoint = this.#input.codePointAt(this.#position);
    if (codePoint === undefined) {
      this.#width = 0;
      return END_OF_INPUT;
    }
    this.#width = codePoint > 0xffff ? 2 : 1;
    this.#position += this.#width;
    return codePoint;
  }

  /** Undoes the last {@link next}. */
  back(): void {
    this.#position -= this.#width;
  }

  peek(): number {
    const codePoint = this.next();
    this.back();
    return codePoint;
  }

  lookingAt(prefix: string): boolean {
    return this.#input.startsWith(prefix, this.#position);
  }

  skip(prefix: string): void {
    this.#position += prefix.length;
  }

  /** Reports whether the character just read has a backslash right before it. Two backslashes do not cancel out. */
  afterBackslash(): boolean {
    return this.#input.charAt(this.#position - 2) === "\\";
  }

  /** Moves to the next occurrence of `text`, or to the end. */
  skipTo(text: string): void {
    const found = this.#input.indexOf(text, this.#position);
    this.#position = found < 0 ? this.#input.length : found;
  }

  /** Returns the part since the mark, and sets the mark here. */
  take(): string {
    const text = this.#input.slice(this.#mark, this.#position);
    this.#mark = this.#position;
    return text;
  }
}
