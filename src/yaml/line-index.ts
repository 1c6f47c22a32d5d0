import type { Position } from "../api/position.ts";
import { CR, LF } from "./chars.ts";

/** What makes lines and columns more than line feeds and units. */
const ODD = /[\r\udc00-\udfff]/;

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

  /** The line of the position before: positions are mostly asked for from top to bottom. */
  #last = 1;

  constructor(text: string) {
    this.#length = text.length;
    if (!ODD.test(text)) {
      for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
        this.#lines.push(at + 1);
      }
      return;
    }
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
    const line = this.#lineOf(end);
    const start = this.#lines[line - 1] ?? 0;
    const halves = this.#halves.length === 0 ? 0 : this.#halvesBefore(end) - this.#halvesBefore(start);
    return { line, column: end - start - halves + 1 };
  }

  #lineOf(offset: number): number {
    const lines = this.#lines;
    const last = this.#last;
    // Lines begin with the second one at `lines[1]`.
    if ((lines[last - 1] ?? 0) <= offset && offset < (lines[last + 1] ?? Infinity)) {
      this.#last = offset < (lines[last] ?? Infinity) ? last : last + 1;
    } else {
      this.#last = countUpTo(lines, offset);
    }
    return this.#last;
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
