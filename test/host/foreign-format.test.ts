import { foreignFormatFault } from "../../src/host/foreign-format.ts";

const MACH_O = Buffer.from("feedfacf0100000c", "hex");
const UNIVERSAL = Buffer.from("cafebabe00000002", "hex");
const JAVA = Buffer.from("cafebabe00000034", "hex");
const ELF = Buffer.from("\x7fELF\x02\x01\x01");

test.each<readonly [string, Uint8Array, string | undefined, string | undefined]>([
  ["Mach-O", MACH_O, undefined, "ENOEXEC"],
  ["Mach-O for several processors", UNIVERSAL, undefined, "ENOEXEC"],
  ["ELF", ELF, "ENOEXEC", undefined],
  ["a class of Java", JAVA, "ENOEXEC", "ENOEXEC"],
  ["a script", Buffer.from("#! /bin/sh\n"), undefined, undefined],
  ["a script without an interpreter", Buffer.from("#! \t\n/bin/sh\n"), "ENOEXEC", "ENOEXEC"],
  ["a text", Buffer.from("echo hi\n"), "ENOEXEC", "ENOEXEC"],
  ["an empty file", Buffer.from(""), "ENOEXEC", "ENOEXEC"],
])("%s on macOS and on FreeBSD", (_what, head, onMac, onFreeBsd) => {
  expect([foreignFormatFault("darwin", head), foreignFormatFault("freebsd", head)]).toEqual([
    onMac,
    onFreeBsd,
  ]);
});
