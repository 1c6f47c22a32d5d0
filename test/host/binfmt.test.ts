import { hasBinaryFormat, parseBinaryFormat } from "../../src/host/binfmt.ts";

const WSL = "enabled\ninterpreter /init\nflags: PF\noffset 0\nmagic 4d5a\n";
const QEMU =
  "enabled\ninterpreter /usr/bin/qemu-aarch64\nflags: OCF\noffset 0\nmagic 7f454c460201010000000000000000000200b700\nmask ffffffffffffff00fffffffffffffffffeffffff\n";
const LATER = "enabled\ninterpreter /x\nflags: \noffset 2\nmagic 6162\n";
const JAR = "enabled\ninterpreter /usr/bin/java\nflags: \nextension .jar\n";

describe("kinds of files that Linux was told of", () => {
  test.each([
    ["a program of Windows under WSL", WSL, "/mnt/c/plug.exe", "MZ\x90\0", true],
    ["another file there", WSL, "/mnt/c/plug.txt", "echo hi", false],
    ["a file that is too short", WSL, "/plug", "M", false],
    [
      "bits that do not count",
      QEMU,
      "/plug",
      "\x7fELF\x02\x01\x01\x77\0\0\0\0\0\0\0\0\x03\0\xb7\0more",
      true,
    ],
    ["bits that count", QEMU, "/plug", "\x7fELF\x02\x01\x02\0\0\0\0\0\0\0\0\0\x03\0\xb7\0more", false],
    ["an offset", LATER, "/plug", "xxab", true],
    ["the same elsewhere", LATER, "/plug", "abxx", false],
    ["an extension", JAR, "/plug.jar", "PK", true],
    ["another extension", JAR, "/plugjar", "PK", false],
  ])("%s", (_what, entry, file, head, want) => {
    const format = parseBinaryFormat(entry);
    expect(format && hasBinaryFormat(file, Buffer.from(head, "latin1"), format)).toBe(want);
  });

  test("one that is turned off does not count", () => {
    expect(parseBinaryFormat(WSL.replace("enabled", "disabled"))).toBeUndefined();
  });
});
