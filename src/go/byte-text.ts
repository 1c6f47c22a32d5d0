/**
 * Strings that may hold bytes which are not UTF-8.
 *
 * `{"\xff"}` makes such a byte, and `{"\xc3"}{"\xa9"}` prints an `é`. A JavaScript string cannot hold a lone byte, so
 * one is kept as a lone low surrogate, U+DC80 for 0x80 to U+DCFF for 0xff, until the output is joined.
 */

const ESCAPED_BYTE = /[\udc80-\udcff]/u;
const ESCAPED_BYTES = new RegExp(ESCAPED_BYTE, "gu");

/** Reports whether a string holds a byte that is not part of a UTF-8 sequence. */
export function hasEscapedBytes(text: string): boolean {
  return ESCAPED_BYTE.test(text);
}

/** Reports whether a code point of such a string represents a byte that is not UTF-8. */
export function isEscapedByte(codePoint: number): boolean {
  return codePoint >= 0xdc80 && codePoint <= 0xdcff;
}

/** Replaces every byte that is not UTF-8 by U+FFFD. */
export function withoutEscapedBytes(text: string): string {
  return text.replaceAll(ESCAPED_BYTES, "\ufffd");
}

/** Encodes a string, with escaped bytes as themselves. */
export function toBytes(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const c = character.codePointAt(0) ?? 0;
    if (c < 0x80) {
      bytes.push(c);
    } else if (isEscapedByte(c)) {
      bytes.push(c - 0xdc00);
    } else if (c < 0x800) {
      bytes.push(0xc0 | (c >> 6), tail(c));
    } else if (c < 0x10000) {
      bytes.push(0xe0 | (c >> 12), tail(c >> 6), tail(c));
    } else {
      bytes.push(0xf0 | (c >> 18), tail(c >> 12), tail(c >> 6), tail(c));
    }
  }
  return bytes;
}

/** Decodes bytes, and escapes every byte that is not UTF-8. */
export function fromBytes(bytes: ArrayLike<number>): string {
  let text = "";
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    text += length === 0 ? String.fromCharCode(0xdc00 + byteAt(bytes, i)) : decode(bytes, i, length);
    i += Math.max(length, 1);
  }
  return text;
}

/** Joins adjacent escaped bytes that together are UTF-8; what is still not UTF-8 stays escaped. */
export function joinEscapedBytes(text: string): string {
  return hasEscapedBytes(text) ? fromBytes(toBytes(text)) : text;
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

function byteAt(bytes: ArrayLike<number>, index: number): number {
  return bytes[index] ?? 0;
}

function decode(bytes: ArrayLike<number>, start: number, length: number): string {
  let codePoint = length === 1 ? byteAt(bytes, start) : byteAt(bytes, start) & (0xff >> (length + 1));
  for (let i = start + 1; i < start + length; i++) {
    codePoint = (codePoint << 6) | (byteAt(bytes, i) & 0x3f);
  }
  return String.fromCodePoint(codePoint);
}

/** Returns the length of the UTF-8 sequence that starts here, 0 when none does: no overlong forms, no surrogates. */
function sequenceLength(bytes: ArrayLike<number>, start: number): number {
  const lead = byteAt(bytes, start);
  const second = byteAt(bytes, start + 1);
  const length = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (
    (lead === 0xe0 && second < 0xa0) ||
    (lead === 0xed && second > 0x9f) ||
    (lead === 0xf0 && second < 0x90) ||
    (lead === 0xf4 && second > 0x8f)
  ) {
    return 0;
  }
  for (let i = start + 1; i < start + length; i++) {
    if ((byteAt(bytes, i) & 0xc0) !== 0x80) {
      return 0;
    }
  }
  return length;
}
