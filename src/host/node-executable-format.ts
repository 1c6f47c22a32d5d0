import { closeSync, openSync, readSync } from "node:fs";
import process from "node:process";

/** What executables begin with: `#!`, ELF, and Mach-O in its spellings. */
const MAGICS = ["2321", "7f454c46", "feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe", "cafebabf"];

/**
 * Refuses a file that the system would not execute. Node would have the C library start it, which gives such a file to a
 * shell.
 *
 * @throws an error with the code `ENOEXEC`
 */
export function refuseUnknownFormat(file: string): void {
  const head = process.platform === "win32" ? undefined : readHead(file);
  if (head !== undefined && !MAGICS.some((magic) => head.startsWith(magic))) {
    throw Object.assign(new Error("exec format error"), { code: "ENOEXEC" });
  }
}

/** The first four bytes, in hexadecimal; undefined for a file that cannot be read, which may well be executed. */
function readHead(file: string): string | undefined {
  try {
    const descriptor = openSync(file, "r");
    try {
      const head = new Uint8Array(4);
      return Buffer.from(head.subarray(0, readSync(descriptor, head, 0, 4, 0))).toString("hex");
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}
