import { LF, SPACE, TILDE } from "./chars.ts";

/** Whether bytes are nothing but printable ASCII characters and line feeds, as nearly all of YAML is. */
export function isPrintableAscii(bytes: Uint8Array): boolean {
  let at = 0;
  if (bytes.byteOffset % 4 === 0) {
    // Four bytes at a time. What the sum and difference flag is only a suspicion: a line feed is among it.
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? 0;
      if (
        ((word | (word - 0x20202020) | (word + 0x01010101)) & 0x80808080) !== 0 &&
        !isPrintable(bytes, i * 4, i * 4 + 4)
      ) {
        return false;
      }
    }
    at = words.length * 4;
  }
  return isPrintable(bytes, at, bytes.length);
}

function isPrintable(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if ((byte < SPACE && byte !== LF) || byte > TILDE) return false;
  }
  return true;
}
