/** A program header: its `p_type`, and where its content is. */
export interface Segment {
  readonly type: number;
  readonly offset?: number | bigint;
  readonly size?: number | bigint;
}

/** The differences from a static program for Linux on x64. */
export interface ElfFields {
  readonly is64Bit?: boolean;
  readonly isLittleEndian?: boolean;
  /** `e_type`. */
  readonly type?: number;
  /** `e_machine`. */
  readonly machine?: number;
  readonly segments?: readonly Segment[];
  /** `e_phentsize`. */
  readonly entrySize?: number;
  /** `e_phnum`. */
  readonly count?: number;
  /** `e_phoff`. */
  readonly start?: number | bigint;
  /** What comes after the program headers. */
  readonly rest?: string;
}

/** Returns an ELF file with nothing in it to execute. */
export function elfFile(fields: ElfFields = {}): Buffer {
  const { is64Bit = true, isLittleEndian = true, segments = [{ type: 1 }], rest = "" } = fields;
  const [headerSize, entrySize] = is64Bit ? [64, 56] : [52, 32];
  const bytes = Buffer.alloc(headerSize + entrySize * segments.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const half = (at: number, value: number): void => view.setUint16(at, value, isLittleEndian);
  const word = (at: number, value: number | bigint): void =>
    is64Bit
      ? view.setBigUint64(at, BigInt(value), isLittleEndian)
      : view.setUint32(at, Number(value), isLittleEndian);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, is64Bit ? 2 : 1, isLittleEndian ? 1 : 2, 1]);
  half(16, fields.type ?? 2);
  half(18, fields.machine ?? 62);
  word(is64Bit ? 32 : 28, fields.start ?? headerSize);
  half(is64Bit ? 54 : 42, fields.entrySize ?? entrySize);
  half(is64Bit ? 56 : 44, fields.count ?? segments.length);
  segments.forEach(({ type, offset = 0, size = 0 }, index) => {
    const at = headerSize + index * entrySize;
    view.setUint32(at, type, isLittleEndian);
    word(at + (is64Bit ? 8 : 4), offset);
    word(at + (is64Bit ? 32 : 16), size);
  });
  return Buffer.concat([bytes, Buffer.from(rest, "latin1")]);
}

/** Returns a program with a dynamic linker; its path is used unchanged, NUL byte included. */
export function linkedElfFile(linker: string, fields: ElfFields = {}): Buffer {
  const is64Bit = fields.is64Bit ?? true;
  const offset = is64Bit ? 64 + 56 : 52 + 32;
  return elfFile({
    segments: [{ type: 3, offset, size: Buffer.byteLength(linker, "latin1") }],
    rest: linker,
    ...fields,
  });
}
