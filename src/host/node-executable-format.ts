import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import process from "node:process";
import { hasBinaryFormat, parseBinaryFormat } from "./binfmt.ts";

/** What executables begin with: `#!`, ELF, and Mach-O in its spellings. */
const MAGICS = ["2321", "7f454c46", "feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe", "cafebabf"];

/** How much of a file Linux looks at to know what it is. */
const HEAD_LENGTH = 256;

/** Where Linux tells of other kinds of files that it executes, such as those of Windows under WSL. */
const FORMATS = "/proc/sys/fs/binfmt_misc";

/**
 * Refuses a file that the system would not execute. Node would have the C library start it, which gives such a file to a
 * shell.
 *
 * @throws an error with the code `ENOEXEC`
 */
export function refuseUnknownFormat(file: string): void {
  const head = process.platform === "win32" ? undefined : readHead(file);
  if (head === undefined) {
    return;
  }
  const start = Buffer.from(head.subarray(0, 4)).toString("hex");
  if (!MAGICS.some((magic) => start.startsWith(magic)) && !isRegistered(file, head)) {
    throw Object.assign(new Error("exec format error"), { code: "ENOEXEC" });
  }
}

/** The first bytes; undefined for a file that cannot be read, which may well be executed. */
function readHead(file: string): Uint8Array | undefined {
  try {
    const descriptor = openSync(file, "r");
    try {
      const head = new Uint8Array(HEAD_LENGTH);
      return head.subarray(0, readSync(descriptor, head, 0, HEAD_LENGTH, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

function isRegistered(file: string, head: Uint8Array): boolean {
  try {
    if (readFileSync(`${FORMATS}/status`, "latin1").trim() !== "enabled") {
      return false;
    }
    return readdirSync(FORMATS)
      .filter((name) => name !== "status" && name !== "register")
      .map((name) => parseBinaryFormat(readFileSync(`${FORMATS}/${name}`, "latin1")))
      .some((format) => format !== undefined && hasBinaryFormat(file, head, format));
  } catch {
    // Most machines know of no other kinds.
    return false;
  }
}
