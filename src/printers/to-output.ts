import { hasEscapedBytes, toBytes } from "../go/byte-text.ts";

/** Returns the output of a template: bytes where it is not UTF-8. */
export function toOutput(text: string): string | Uint8Array {
  return hasEscapedBytes(text) ? Uint8Array.from(toBytes(text)) : text;
}
