/** A kind of file that Linux is configured to execute: one entry of `/proc/sys/fs/binfmt_misc`. */
export interface BinaryFormat {
  /** The bytes of such a file at `offset`, where `mask` has a bit; undefined for one that is known by its extension. */
  readonly magic: Uint8Array | undefined;
  readonly mask: Uint8Array | undefined;
  readonly offset: number;
  /** Without its dot. */
  readonly extension: string | undefined;
}

/** Parses an entry as the kernel shows it; undefined for one that is turned off. */
export function parseBinaryFormat(text: string): BinaryFormat | undefined {
  if (!text.startsWith("enabled")) {
    return undefined;
  }
  const field = (name: string): string | undefined => new RegExp(`^${name} (.+)$`, "m").exec(text)?.[1];
  const bytes = (name: string): Uint8Array | undefined => {
    const digits = field(name);
    return digits === undefined ? undefined : Buffer.from(digits, "hex");
  };
  return {
    magic: bytes("magic"),
    mask: bytes("mask"),
    offset: Number(field("offset") ?? 0),
    extension: field("extension")?.replace(/^\./, ""),
  };
}

/**
 * Reports whether a file is of this kind.
 *
 * @param head - its first bytes, 256 of them if it has so many
 */
export function hasBinaryFormat(file: string, head: Uint8Array, format: BinaryFormat): boolean {
  const { magic, mask, offset, extension } = format;
  if (magic === undefined) {
    return extension !== undefined && file.endsWith(`.${extension}`);
  }
  return (
    head.length >= offset + magic.length &&
    magic.every((octet, index) => {
      const bits = mask?.[index] ?? 0xff;
      return ((head[offset + index] ?? 0) & bits) === (octet & bits);
    })
  );
}
