const CANONICAL = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Decodes base64 as Go's `base64.StdEncoding` does: the standard alphabet, padding required, carriage returns and
 * newlines skipped, the unused bits of the last character not looked at. Returns undefined for anything else.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const compact = /[\r\n]/.test(text) ? text.replaceAll(/[\r\n]+/g, "") : text;
  return compact.length % 4 === 0 && CANONICAL.test(compact) ? Buffer.from(compact, "base64") : undefined;
}

/** Encodes bytes as Go's `base64.StdEncoding` does. */
export function encodeBase64(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}
