import type { ElfLoader, ElfVerdict } from "../../src/host/elf.ts";
import { checkElf, checkLinker, elfLoaders } from "../../src/host/elf.ts";
import type { ElfFields } from "../support/elf-file.ts";
import { elfFile, linkedElfFile } from "../support/elf-file.ts";

const X64 = elfLoaders("x86_64", true, true);

function check(file: Uint8Array, loaders = X64): ElfVerdict {
  const head = Buffer.alloc(256);
  head.set(file.subarray(0, 256));
  return checkElf(loaders, head, (offset, length) => file.subarray(offset, offset + length));
}

/** What is made of a file that has its linker's name there. */
function at(offset: bigint): ElfVerdict {
  return check(elfFile({ segments: [{ type: 3, offset, size: 9 }] }));
}

function runs(loaders: readonly ElfLoader[], fields: ElfFields): boolean {
  return check(elfFile(fields), loaders).code === undefined;
}

function linkerOf(file: Uint8Array): string | undefined {
  const verdict = check(file);
  return verdict.code === undefined && verdict.linker !== undefined
    ? Buffer.from(verdict.linker).toString()
    : verdict.code;
}

describe("an ELF file is taken as Linux takes it", () => {
  test.each<readonly [string, ElfFields]>([
    ["a static program", {}],
    ["one that may be anywhere in memory", { type: 3 }],
    ["one of 32 bits", { is64Bit: false, machine: 3 }],
    ["one of 32 bits for an old processor", { is64Bit: false, machine: 6 }],
    ["with 1170 program headers", { segments: Array.from({ length: 1170 }, () => ({ type: 1 })) }],
  ])("%s", (_what, fields) => {
    expect(check(elfFile(fields))).toMatchObject({ code: undefined, linker: undefined });
  });

  test("whatever its header says of its class, its order of bytes and its version", () => {
    const file = elfFile();
    file.fill(9, 4, 16);
    expect(check(file).code).toBeUndefined();
  });

  test("with the path of its dynamic linker", () => {
    expect(linkerOf(linkedElfFile("/lib64/ld.so\0"))).toBe("/lib64/ld.so");
    expect(linkerOf(linkedElfFile("/lib/ld.so\0", { is64Bit: false, machine: 3 }))).toBe("/lib/ld.so");
    expect(linkerOf(linkedElfFile("/ld\0/other\0"))).toBe("/ld");
    expect(linkerOf(linkedElfFile("\0\0"))).toBe("");
  });
});

describe("an ELF file is refused as Linux refuses it", () => {
  test.each<readonly [string, Uint8Array]>([
    ["nothing but the magic", Buffer.from("\x7fELF\necho hi\n")],
    ["a header that was cut off", elfFile().subarray(0, 40)],
    ["program headers that were cut off", elfFile().subarray(0, 100)],
    ["a program for arm64", elfFile({ machine: 183 })],
    ["a program for arm", elfFile({ machine: 40, is64Bit: false })],
    ["a program of 32 bits for x64", elfFile({ is64Bit: false })],
    ["a program of 64 bits for i386", elfFile({ machine: 3 })],
    ["a big-endian program", elfFile({ isLittleEndian: false })],
    ["an object file", elfFile({ type: 1 })],
    ["a core dump", elfFile({ type: 4 })],
    ["no program headers", elfFile({ count: 0 })],
    ["too many program headers", elfFile({ segments: Array.from({ length: 1171 }, () => ({ type: 1 })) })],
    ["program headers of another size", elfFile({ entrySize: 32 })],
    ["program headers beyond the end", elfFile({ start: 2n ** 63n })],
    ["a dynamic linker without a name", linkedElfFile("\0")],
    ["a dynamic linker whose name does not end", linkedElfFile("/lib64/ld.so")],
    ["a dynamic linker whose name is too long", linkedElfFile(`/${"x".repeat(4096)}\0`)],
  ])("%s", (_what, file) => {
    expect(check(file)).toEqual({ code: "ENOEXEC" });
  });

  test("for reasons of its own if the linker's name is not in the file", () => {
    expect(at(1000n)).toEqual({ code: "EIO" });
    expect(at(2n ** 60n)).toEqual({ code: "EIO" });
    expect(at(2n ** 64n - 1n)).toEqual({ code: "EINVAL" });
  });
});

describe("a dynamic linker", () => {
  const [loader] = X64;
  const checked = (file: Uint8Array): string | undefined =>
    loader && checkLinker(loader, (offset, length) => file.subarray(offset, offset + length));

  test.each<readonly [string, Uint8Array, string | undefined]>([
    ["is an ELF file", elfFile({ type: 3 }), undefined],
    ["is for the same machine", elfFile({ machine: 3 }), "ELIBBAD"],
    ["is no text", Buffer.from("x".repeat(100)), "ELIBBAD"],
    ["has a whole header", elfFile().subarray(0, 60), "EIO"],
  ])("%s", (_what, file, code) => {
    expect(checked(file)).toBe(code);
  });
});

describe("what a machine runs", () => {
  const x86: ElfFields = { is64Bit: false, machine: 3 };

  test("depends on its processor and on its kernel", () => {
    expect(runs(elfLoaders("x86_64", true, false), x86)).toBe(false);
    expect(runs(elfLoaders("i686", true, undefined), x86)).toBe(true);
    expect(runs(elfLoaders("i686", true, undefined), {})).toBe(false);
    expect(runs(elfLoaders("aarch64", true, undefined), { machine: 183 })).toBe(true);
    expect(runs(elfLoaders("aarch64", true, undefined), {})).toBe(false);
    expect(runs(elfLoaders("armv7l", true, undefined), { machine: 40, is64Bit: false })).toBe(true);
    expect(runs(elfLoaders("s390x", false, undefined), { machine: 22, isLittleEndian: false })).toBe(true);
  });

  test("is not known of a processor that is not known", () => {
    expect(runs(elfLoaders("e2k", true, undefined), { machine: 175 })).toBe(true);
  });
});
