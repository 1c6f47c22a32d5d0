import { elfFile, linkedElfFile } from "../../support/elf-file.ts";
import type { FileSpec } from "../vector.ts";
import type { PluginCase } from "./world.ts";
import { kuberc, plugin, pluginCase } from "./world.ts";

/** What a shell would run if it received the file: it leaves a mark, and needs nothing from PATH. */
const SHELL_TEXT = "echo a shell >> marks\n";

/** The body of plugins, after their first line. */
const [, ...body] = (plugin as { readonly text: readonly string[] }).text;

function bytes(content: Uint8Array | string): FileSpec {
  const file = Buffer.concat([
    typeof content === "string" ? Buffer.from(content, "latin1") : content,
    Buffer.from(`\n${SHELL_TEXT}`),
  ]);
  return { base64: file.toString("base64"), mode: "0755" };
}

function text(...lines: readonly string[]): FileSpec {
  return { text: lines, mode: "0755" };
}

function script(firstLine: string): FileSpec {
  return text(firstLine, ...body);
}

function linked(linker: string): FileSpec {
  return { base64: linkedElfFile(linker).toString("base64"), mode: "0755" };
}

/** Files that are executable by their mode, by their format; the system executes few of them. */
const formats: Readonly<Record<string, FileSpec>> = {
  "ELF by its magic alone": bytes("\x7fELF"),
  "an ELF header that was cut off": { base64: elfFile().subarray(0, 40).toString("base64"), mode: "0755" },
  "ELF for arm64": bytes(elfFile({ machine: 183 })),
  "ELF of 32 bits for x64": bytes(elfFile({ is64Bit: false })),
  "ELF of 64 bits for i386": bytes(elfFile({ machine: 3 })),
  "big-endian ELF": bytes(elfFile({ isLittleEndian: false })),
  "an ELF object file": bytes(elfFile({ type: 1 })),
  "an ELF core dump": bytes(elfFile({ type: 4 })),
  "ELF without program headers": bytes(elfFile({ count: 0 })),
  "ELF with program headers of another size": bytes(elfFile({ entrySize: 57 })),
  "ELF with program headers beyond its end": bytes(elfFile({ start: 1_000_000 })),
  "ELF whose linker has no end": linked("/lib64/ld.so"),
  "ELF whose linker does not exist": linked("/no/such/ld.so\0"),
  "ELF whose linker is a folder": linked("/tmp\0"),
  "ELF whose linker is a text": linked("/etc/passwd\0"),
  "Mach-O": bytes("\xcf\xfa\xed\xfe\x07\x00\x00\x01"),
  "Mach-O for several processors": bytes("\xca\xfe\xba\xbe\x00\x00\x00\x02"),
  "a class of Java": bytes("\xca\xfe\xba\xbe\x00\x00\x00\x34"),
  "a program for Windows": bytes("MZ\x90\x00\x03\x00"),
  "an archive of gzip": bytes("\x1f\x8b\x08\x00"),
  "a.out": bytes("\x07\x01\x64\x00"),
  "NUL bytes": bytes("\0\0\0\0\0\0\0\0"),
  "a text": text(SHELL_TEXT),
  "an empty file": text(""),
  "a byte order mark and #!": text("\ufeff#!/bin/sh", SHELL_TEXT),
  "a blank and #!": text(" #!/bin/sh", SHELL_TEXT),
  "#! alone": text("#!"),
  "#! and blanks alone": text("#! \t "),
  "#! and a line break": text("#!", SHELL_TEXT),
  "#!, blanks and a line break": text("#! \t  ", SHELL_TEXT),
  "#! and a NUL byte": bytes("#!\0/bin/sh"),
  "#! that is cut off by the end of the head": text(`#!/bin/${"/".repeat(260)}sh`, SHELL_TEXT),
  "#! of just the length of the head": script(`#!${"/".repeat(246)}bin/sh`),
  "#! that is one longer": text(`#!${"/".repeat(248)}bin/sh`, SHELL_TEXT),
  "#! with an argument that is cut off": script(`#!/bin/sh -${"e".repeat(300)}`),
  "#! with blanks around": script("#! \t /bin/sh \t "),
  "#! with a line break of Windows": text("#!/bin/sh\r", SHELL_TEXT),
  "#! with a NUL byte after the interpreter": script("#!/bin/sh\0 -x"),
  "#! to a text": text("#!$ROOT/bin/junk", SHELL_TEXT),
  "#! to an empty file": text("#!$ROOT/bin/empty", SHELL_TEXT),
  "#! to a folder": text("#!$ROOT/bin/sub", SHELL_TEXT),
  "#! to a file that does not exist": text("#!$ROOT/bin/nope", SHELL_TEXT),
  "#! to a file that is not executable": text("#!$ROOT/plain/plug", SHELL_TEXT),
  "#! below a file": text("#!$ROOT/bin/plug/sh", SHELL_TEXT),
  "#! to a name": text("#!sh", SHELL_TEXT),
  "#! to itself": text("#!$ROOT/bin/odd", SHELL_TEXT),
  "#! to #! without an interpreter": text("#!$ROOT/bin/bare", SHELL_TEXT),
  "#! to a script": text("#!$ROOT/bin/i1"),
  "#! through five scripts": text("#!$ROOT/bin/i4"),
  "#! through six scripts": text("#!$ROOT/bin/i5", SHELL_TEXT),
};

/** Interpreters: each of `i2` to `i5` is run by the one before it, and `i1` by a shell, with the path of the plugin at the end. */
const interpreters: PluginCase["files"] = {
  "bin/junk": text("junk"),
  "bin/empty": text(""),
  "bin/bare": text("#!", SHELL_TEXT),
  "bin/i1": text("#!/bin/sh", "for last; do :; done", ...body.map((line) => line.replace('"$0"', '"$last"'))),
  ...Object.fromEntries([2, 3, 4, 5].map((depth) => [`bin/i${depth}`, text(`#!$ROOT/bin/i${depth - 1}`)])),
};

/** Executables, few of which the system starts. */
export const oddExecutables: readonly FileSpec[] = Object.values(formats);

/** Plugins of every format, under a policy that allows them. */
export const byFormat: readonly PluginCase[] = Object.entries(formats).map(([what, file]) =>
  pluginCase(`a plugin that is ${what}`, "$ROOT/bin/odd", kuberc("AllowAll"), {
    files: { ...interpreters, "bin/odd": file },
  }),
);
