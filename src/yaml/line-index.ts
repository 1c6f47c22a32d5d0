import type { Position } from "../api/position.ts";
import { CR, LF } from "./chars.ts";

/**
 * Converts many offsets of one text to line and column, each in logarithmic time; `positionAt` does it for one offset
 * in linear time.
 */
export class LineIndex {
  readonly #length: number;
  /** Where the lines start. */
  readonly #lines: number[] = [0];
  /** Offsets of low surrogates: columns count characters. */
  readonly #halves: number[] = [];

  constructor(text: string) {
    this.#length = text.length;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === LF || (code === CR && text.charCodeAt(i + 1) !== LF)) {
        this.#lines.push(i + 1);
      } else if (code >= 0xdc00 && code <= 0xdfff) {
        this.#halves.push(i);
      }
    }
  }

  position(offset: number): Position {
    const end = Math.min(offset, this.#length);
    const line = countUpTo(this.#lines, end);
    const start = this.#lines[line - 1] ?? 0;
    const halves = this.#halves.length === 0 ? 0 : this.#halvesBefore(end) - this.#halvesBefore(start);
    return { line, column: end - start - halves + 1 };
  }

  #halvesBefore(offset: number): number {
    return countUpTo(this.#halves, offset - 1);
  }
}

/** Returns how many of ascending numbers are not above a limit. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= limit) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
