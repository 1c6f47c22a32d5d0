/** Where Go's `base64.StdEncoding` says that a text is no base64: the offset in its UTF-8 bytes. */
export function base64ErrorOffset(text: string): number {
  const bytes = new TextEncoder().encode(text);
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
  bytes: Uint8Array,
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
