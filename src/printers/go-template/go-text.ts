import { fromBytes, hasEscapedBytes, joinEscapedBytes, toBytes } from "../../go/byte-text.ts";
import { TemplateError } from "./template-error.ts";

/**
 * The longest text that a template may make, in UTF-16 units: a longer one could not be held in memory, or not for
 * long.
 */
export const MAX_TEXT = 2 ** 26;

const ASCII = /^[\0-\x7f]*$/;

/** Returns the length of a string in Go, which counts bytes. */
export function byteLength(text: string): number {
  return hasEscapedBytes(text) ? bytesOf(text).length : Buffer.byteLength(text);
}

/** Returns the bytes of a string, the escaped ones as themselves. */
export function bytesOf(text: string): Buffer {
  return hasEscapedBytes(text) ? Buffer.from(toBytes(text)) : Buffer.from(text);
}

function textOf(bytes: Buffer): string {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : fromBytes(bytes);
}

/**
 * Returns the number of characters of a string; a byte that is not UTF-8 counts as one. Go's `utf8.RuneCountInString`.
 */
export function runeCount(text: string): number {
  if (ASCII.test(text)) {
    return text.length;
  }
  let count = 0;
  for (let i = 0; i < text.length; count++) {
    i += widthAt(text, i);
  }
  return count;
}

/** Returns the first `count` characters of a string. */
export function firstRunes(text: string, count: number): string {
  let end = 0;
  for (let i = 0; i < count && end < text.length; i++) {
    end += widthAt(text, end);
  }
  return text.slice(0, end);
}

/** Returns the bytes of a string from `start` to `end`, as a string. */
export function sliceBytes(text: string, start: number, end: number): string {
  return ASCII.test(text) ? text.slice(start, end) : textOf(bytesOf(text).subarray(start, end));
}

/** Returns the byte at an index, which must be within the string. */
export function byteAt(text: string, index: number): number {
  return (ASCII.test(text) ? text.charCodeAt(index) : bytesOf(text)[index]) ?? 0;
}

/** Text that grows piece by piece. */
export class OutputBuilder {
  #text = "";

  /**
   * Adds a piece.
   *
   * @throws TemplateError when the text gets longer than {@link MAX_TEXT}.
   */
  write(piece: string): void {
    if (this.#text.length + piece.length > MAX_TEXT) {
      throw new TemplateError(`the template makes a text of more than ${MAX_TEXT} characters`);
    }
    this.#text += piece;
  }

  get length(): number {
    return this.#text.length;
  }

  /** Returns the text; adjacent bytes that together are UTF-8 are joined. */
  toString(): string {
    return joinEscapedBytes(this.#text);
  }
}

function widthAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}
