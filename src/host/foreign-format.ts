import { isScript } from "./shebang.ts";

/** Mach-O of 32 and 64 bits, in both byte orders, and files with several architectures. */
const MACH_O = ["feedface", "feedfacf", "cefaedfe", "cffaedfe", "cafebabe", "cafebabf"];

const ELF = ["7f454c46"];

/** The first version of Java's class files, which begin as Mach-O files with several architectures do. */
const FIRST_JAVA_VERSION = 45;

/**
 * Checks whether a Unix other than Linux would execute a file, by its first bytes.
 *
 * @param platform - as Node's `process.platform`
 * @param head - the first 256 bytes
 * @returns the code of the error; undefined if the system may start the file
 */
export function foreignFormatFault(platform: string, head: Uint8Array): "ENOEXEC" | undefined {
  if (isScript(head)) {
    const [line = ""] = Buffer.from(head.subarray(2)).toString("latin1").split("\n");
    return /^[ \t]*[^ \t\0\r]/.test(line) ? undefined : "ENOEXEC";
  }
  const start = Buffer.from(head.subarray(0, 4)).toString("hex");
  const isKnown = (platform === "darwin" ? MACH_O : ELF).includes(start);
  const isJava = start === "cafebabe" && (head[7] ?? 0) >= FIRST_JAVA_VERSION;
  return isKnown && !isJava ? undefined : "ENOEXEC";
}
