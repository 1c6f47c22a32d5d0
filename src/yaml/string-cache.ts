const SLOTS = 1024;
const LONGEST = 40;

/**
 * Slices a string, and returns the same string for short slices that often repeat, like keys: existing strings cost
 * neither memory nor hashing.
 */
export class StringCache {
  readonly #text: string;
  readonly #recent: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  slice(from: number, to: number): string {
    const text = this.#text;
    const length = to - from;
    if (length > LONGEST || length === 0) return text.slice(from, to);
    const mixed =
      length +
      text.charCodeAt(from) * 7 +
      text.charCodeAt(to - 1) * 31 +
      text.charCodeAt(from + (length >> 1)) * 131;
    const slot = mixed % SLOTS;
    const recent = this.#recent[slot] ?? "";
    if (recent.length === length && text.startsWith(recent, from)) return recent;
    const slice = text.slice(from, to);
    this.#recent[slot] = slice;
    return slice;
  }
}
