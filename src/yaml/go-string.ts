import { UnitBuilder } from "../go/unit-builder.ts";

const REPLACEMENT = 0xfffd;

/**
 * Decodes bytes as encoding/json writes them: each byte that is not part of a character becomes one U+FFFD.
 * (`TextDecoder` turns several such bytes into one.)
 */
export function goString(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Some byte is not part of a character.
  }
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const builder = new UnitBuilder();
  let from = 0;
  for (let at = 0; at < bytes.length;) {
    const width = characterWidth(bytes, at);
    if (width === 0) {
      if (from < at) addText(builder, decoder.decode(bytes.subarray(from, at)));
      builder.push(REPLACEMENT);
      from = at + 1;
    }
    at += Math.max(width, 1);
  }
  addText(builder, decoder.decode(bytes.subarray(from)));
  return builder.toString();
}

function addText(builder: UnitBuilder, text: string): void {
  builder.addRange(text, 0, text.length);
}

/** Returns the length in bytes of the character at `at`; 0 if there is none (Go's `utf8.DecodeRune`). */
function characterWidth(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const width =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >> 4 === 14 ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  for (let i = 1; i < width; i++) {
    const octet = bytes[at + i] ?? 0;
    if (octet >> 6 !== 2) return 0;
  }
  const second = bytes[at + 1] ?? 0;
  const overlong = (lead === 0xe0 && second < 0xa0) || (lead === 0xf0 && second < 0x90);
  const beyond = (lead === 0xed && second > 0x9f) || (lead === 0xf4 && second > 0x8f);
  return overlong || beyond ? 0 : width;
}
