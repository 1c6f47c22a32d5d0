/**
 * Decodes base64 as Go's `base64.StdEncoding` does: the standard alphabet, padding required, carriage returns and
 * newlines skipped, the unused bits of the last character ignored. Returns undefined for anything else.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (isInAlphabet(text)) {
    const data = Buffer.from(text, "base64");
    if (data.length === decodedLength(text)) return data;
  }
  return BREAK.test(text) ? decodeBase64(text.replaceAll(BREAKS, "")) : undefined;
}

/** Returns how many bytes {@link decodeBase64} would decode; undefined if it refuses the string. */
export function base64Length(text: string): number | undefined {
  if (text.length <= scratch.length && isInAlphabet(text)) {
    const length = scratch.write(text, "base64");
    if (length === decodedLength(text)) return length;
  }
  return decodeBase64(text)?.length;
}

/** Encodes bytes as Go's `base64.StdEncoding` does. */
export function encodeBase64(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}

const BREAK = /[\r\n]/;
const BREAKS = /[\r\n]+/g;

/** Receives decoded bytes that are only counted. */
const scratch = Buffer.alloc(8192);

/**
 * Reports whether Node reads only characters that Go also accepts. Node also accepts the URL alphabet, and takes the
 * lower eight bits of any character. It skips all other characters and stops at the first padding; then fewer bytes
 * come out than expected.
 */
function isInAlphabet(text: string): boolean {
  const isAscii = Buffer.byteLength(text) === text.length;
  return text.length % 4 === 0 && isAscii && !text.includes("-") && !text.includes("_");
}

/** Returns the decoded length of a valid string. */
function decodedLength(text: string): number {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}

/** Returns the offset at which Go's `base64.StdEncoding` reports a fault. */
export function base64ErrorOffset(bytes: ArrayLike<number>): number {
  const next = (from: number): number => {
    let at = from;
    while (bytes[at] === 0x0a || bytes[at] === 0x0d) {
      at++;
    }
    return at;
  };
  for (let at = 0; ;) {
    for (let digits = 0; digits < 4; digits++) {
      at = next(at);
      const byte = bytes[at];
      if (byte === undefined) {
        return at - digits;
      }
      if (byte === PADDING) {
        return offsetAtPadding(bytes, next, at, digits);
      }
      if (!/[A-Za-z0-9+/]/.test(String.fromCodePoint(byte))) {
        return at;
      }
      at++;
    }
  }
}

const PADDING = 0x3d;

/**
 * Returns the offset of the fault after the first padding character. One or two of them end the string; the first is at
 * `at`, after so many digits of its group of four.
 */
function offsetAtPadding(
  bytes: ArrayLike<number>,
  next: (from: number) => number,
  at: number,
  digits: number,
): number {
  if (digits < 2) {
    return at;
  }
  const second = next(at + 1);
  if (digits === 2) {
    if (second === bytes.length) {
      return bytes.length;
    }
    if (bytes[second] !== PADDING) {
      return second - 1;
    }
  }
  return next(digits === 2 ? second + 1 : at + 1);
}
