import { cString } from "./shebang.ts";

/** A loader of ELF files: most 64-bit systems have a second one, for 32-bit files. */
export interface ElfLoader {
  /** The values of `e_machine` that it accepts; undefined if they are not known. */
  readonly machines: readonly number[] | undefined;
  readonly is64Bit: boolean;
  readonly isLittleEndian: boolean;
}

/** A loader's verdict on a file. */
export type ElfVerdict =
  | { readonly code: "ENOEXEC" | "EINVAL" | "EIO" }
  | {
      readonly code: undefined;
      /** The loader that accepts it. */
      readonly loader: ElfLoader;
      /** The path of the dynamic linker; undefined for a file that is linked statically. */
      readonly linker: Uint8Array | undefined;
    };

/** Reads a part of a file; shorter than requested where the file ends. */
export type ReadPart = (offset: number, length: number) => Uint8Array;

/** `e_type` of files that can be started. */
const [ET_EXEC, ET_DYN] = [2, 3];

/** `p_type` of the segment that names the dynamic linker. */
const PT_INTERP = 3;

/** The largest program headers of a file, in bytes. */
const MAX_HEADERS = 65_536;

/** The longest path of a dynamic linker, in bytes. */
const PATH_MAX = 4096;

/** The first position in a file that the system treats as negative. */
const MAX_OFFSET = 2 ** 63;

/** The length of a 64-bit ELF header, in bytes; that of 32 bits is shorter. */
const HEADER_LENGTH = 64;

/**
 * Checks an ELF file as Linux does before it starts one (`load_elf_binary` in fs/binfmt_elf.c): the first loader that
 * does not reject the file as foreign decides.
 *
 * @param head - the first bytes, at least 64, padded with NUL bytes if the file is shorter
 */
export function checkElf(loaders: readonly ElfLoader[], head: Uint8Array, read: ReadPart): ElfVerdict {
  for (const loader of loaders) {
    const verdict = checkFor(loader, head, read);
    if (verdict.code !== "ENOEXEC") {
      return verdict;
    }
  }
  return { code: "ENOEXEC" };
}

/** Checks a dynamic linker as Linux does. Returns the code of the error; undefined if it can be used. */
export function checkLinker(loader: ElfLoader, read: ReadPart): "EIO" | "ELIBBAD" | undefined {
  const head = read(0, HEADER_LENGTH);
  if (head.length < HEADER_LENGTH) {
    return "EIO";
  }
  const isUsable = isFor(loader, head) && programHeaders(loader, head, read) !== undefined;
  return isUsable ? undefined : "ELIBBAD";
}

function isFor({ machines, isLittleEndian }: ElfLoader, head: Uint8Array): boolean {
  return (
    [0x7f, 0x45, 0x4c, 0x46].every((octet, index) => head[index] === octet) &&
    (machines === undefined || machines.includes(viewOf(head).getUint16(18, isLittleEndian)))
  );
}

function checkFor(loader: ElfLoader, head: Uint8Array, read: ReadPart): ElfVerdict {
  const type = viewOf(head).getUint16(16, loader.isLittleEndian);
  const headers =
    isFor(loader, head) && (type === ET_EXEC || type === ET_DYN)
      ? programHeaders(loader, head, read)
      : undefined;
  if (headers === undefined) {
    return { code: "ENOEXEC" };
  }
  const interpreter = headers.find((header) => header.type === PT_INTERP);
  if (interpreter === undefined) {
    return { code: undefined, loader, linker: undefined };
  }
  const { offset, size } = interpreter;
  if (size > PATH_MAX || size < 2) {
    return { code: "ENOEXEC" };
  }
  if (offset >= MAX_OFFSET) {
    return { code: "EINVAL" };
  }
  const path = Number.isSafeInteger(offset) ? read(offset, size) : new Uint8Array();
  if (path.length < size) {
    return { code: "EIO" };
  }
  return path.at(-1) === 0 ? { code: undefined, loader, linker: cString(path) } : { code: "ENOEXEC" };
}

interface ProgramHeader {
  readonly type: number;
  /** Where its content is in the file, and how many bytes it has. */
  readonly offset: number;
  readonly size: number;
}

/** Reads the program headers; undefined for headers that the loader rejects. Linux's `load_elf_phdrs`. */
function programHeaders(
  { is64Bit, isLittleEndian }: ElfLoader,
  head: Uint8Array,
  read: ReadPart,
): readonly ProgramHeader[] | undefined {
  const view = viewOf(head);
  const word = (from: DataView, offset: number): number =>
    is64Bit ? Number(from.getBigUint64(offset, isLittleEndian)) : from.getUint32(offset, isLittleEndian);
  const entrySize = is64Bit ? 56 : 32;
  const start = word(view, is64Bit ? 32 : 28);
  const count = view.getUint16(is64Bit ? 56 : 44, isLittleEndian);
  const size = entrySize * count;
  if (view.getUint16(is64Bit ? 54 : 42, isLittleEndian) !== entrySize || size === 0 || size > MAX_HEADERS) {
    return undefined;
  }
  const table = Number.isSafeInteger(start) ? read(start, size) : new Uint8Array();
  if (table.length < size) {
    return undefined;
  }
  return Array.from({ length: count }, (_, index) => {
    const header = viewOf(table.subarray(index * entrySize, (index + 1) * entrySize));
    return {
      type: header.getUint32(0, isLittleEndian),
      offset: word(header, is64Bit ? 8 : 4),
      size: word(header, is64Bit ? 32 : 16),
    };
  });
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const MACHINES_BY_KERNEL: readonly (readonly [name: RegExp, machines64: number[], machines32: number[]])[] = [
  // EM_X86_64; EM_386 and EM_486.
  [/^x86_64$/, [62], [3, 6]],
  [/^i[3-6]86$/, [], [3, 6]],
  // EM_AARCH64; EM_ARM.
  [/^(?:aarch64|arm64|armv8)/, [183], [40]],
  [/^arm/, [], [40]],
  // EM_PPC64; EM_PPC.
  [/^ppc64/, [21], [20]],
  // EM_S390.
  [/^s390x$/, [22], [22]],
  // EM_RISCV.
  [/^riscv64$/, [243], [243]],
  // EM_LOONGARCH.
  [/^loongarch64$/, [258], []],
];

/**
 * Returns the loaders of a Linux.
 *
 * @param machine - the output of `uname -m`: `x86_64`
 * @param has32Bit - whether a 64-bit kernel also starts 32-bit files; undefined if that is unknown
 */
export function elfLoaders(
  machine: string,
  isLittleEndian: boolean,
  has32Bit: boolean | undefined,
): readonly ElfLoader[] {
  const known = MACHINES_BY_KERNEL.find(([name]) => name.test(machine));
  const [, machines64, machines32] = known ?? [/^/, undefined, undefined];
  return [
    { machines: machines64, is64Bit: true, isLittleEndian },
    ...(has32Bit === false ? [] : [{ machines: machines32, is64Bit: false, isLittleEndian }]),
  ];
}
