/**
 * Decodes base64 as Go's `base64.StdEncoding` does: the standard alphabet, padding required, carriage returns and
 * newlines skipped, the unused bits of the last character not looked at. Returns undefined for anything else.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (isInAlphabet(text)) {
    const data = Buffer.from(text, "base64");
    if (data.length === decodedLength(text)) return data;
  }
  return BREAK.test(text) ? decodeBase64(text.replaceAll(BREAKS, "")) : undefined;
}

/** How many bytes {@link decodeBase64} would make of a text; undefined if it refuses it. */
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

/** Where bytes go that nobody wants. */
const scratch = Buffer.alloc(8192);

/**
 * Whether Node reads no character of the text as base64 that is none in Go. To Node the alphabet of URLs is base64 too, and a
 * character is as its lower eight bits are. It skips all other characters, and ends at the first padding: then fewer bytes
 * come out than must.
 */
function isInAlphabet(text: string): boolean {
  const isAscii = Buffer.byteLength(text) === text.length;
  return text.length % 4 === 0 && isAscii && !text.includes("-") && !text.includes("_");
}

/** How many bytes a text stands for if it is valid. */
function decodedLength(text: string): number {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}

/** Where Go's `base64.StdEncoding` says that bytes are no base64: the offset in them. */
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

/** One or two padding characters end the text; the first stands at `at`, after so many digits of its group of four. */
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
