import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { endianness, machine } from "node:os";
import process from "node:process";
import type { BinaryFormat } from "./binfmt.ts";
import { hasBinaryFormat, parseBinaryFormat } from "./binfmt.ts";
import type { ElfLoader } from "./elf.ts";
import { elfLoaders } from "./elf.ts";
import { foreignFormatFault } from "./foreign-format.ts";
import type { OpenExecutable, StartingMachine } from "./start-plan.ts";
import { planStart, startError } from "./start-plan.ts";
import { checkDigest, checkedCopy, digestOfOpen, isRootsAlone } from "./node-checked-copy.ts";
import type { RunResult } from "./processes.ts";
import { WrongDigestError } from "./processes.ts";
import { isScript } from "./shebang.ts";

/** An executable that can be started. It must be closed. */
export interface ReadyExecutable {
  /**
   * The path to execute: on Linux a path that leads to the open file, and to nothing in a program that does not inherit
   * it.
   */
  readonly path: string;
  /** The arguments, the name of the program first. */
  readonly argv: readonly string[];
  readonly close: () => void;
  /** Removes what the program may need until it has ended. */
  readonly remove: () => void;
}

/** Linux's flag for a file that is opened without being read: users may execute files that they may not read. */
const O_PATH = 0o10_000_000;

/** The open files of the calling process on Linux. */
const DESCRIPTORS = "/proc/self/fd";

/** Where Linux lists other kinds of files that it executes, such as those of Windows under WSL. */
const FORMATS = "/proc/sys/fs/binfmt_misc";

/** Exists if the kernel starts 32-bit files on x86. */
const HAS_32_BIT = "/proc/sys/abi/vsyscall32";

/**
 * Opens an executable to start it, and refuses what the system would refuse. `spawn` leaves the start to the C library,
 * which passes a file of unknown format to a shell. No such file gets there; a file that changes afterwards cannot be
 * opened by the shell, since only this process has it under the path.
 *
 * @param argv - the arguments, the name of the program first
 * @param digests - one of these the executable must have; undefined for any content
 * @throws an error with the `code` that `execve` would give: `ENOEXEC`
 * @throws WrongDigestError
 */
export function readyToStart(
  file: string,
  argv: readonly string[],
  digests?: readonly string[],
): ReadyExecutable {
  if (isLinux()) {
    return digests === undefined ? readyOnLinux(file, argv) : readyIfChecked(file, argv, digests);
  }
  if (digests !== undefined) {
    checkDigest(file, digests);
  }
  if (process.platform !== "win32") {
    refuseForeignFormat(file);
  }
  return { path: file, argv, close: doNothing, remove: doNothing };
}

/** Returns why the system would not start a file, as the code of the error; undefined if it would. */
export function startFault(file: string): string | undefined {
  try {
    readyToStart(file, [file]).close();
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}

/**
 * Reports whether a process that was just started is the shell to which the C library passed a file, because the file
 * changed after the check, or could not be checked. The shell does not find it, but would complain.
 *
 * The result is `unknown` for a shell that has already ended. A program may also become a shell by itself, as in
 * `#!/usr/bin/env sh`; but the shell in question cannot have done anything: see {@link foundNothing}.
 *
 * @param path - the path that was executed
 */
export function isShellFor(pid: number, path: string): boolean | "unknown" {
  if (!isLinux()) {
    return false;
  }
  try {
    // `123 (sh) Z 1 …`: a program is named by the last part of the executed path, even after it has ended.
    const [, name, state] = /^\d+ \((.*)\) (.)/s.exec(readFileSync(`/proc/${pid}/stat`, "latin1")) ?? [];
    if (name !== "sh") {
      return false;
    }
    if (state === "Z") {
      return path.startsWith(DESCRIPTORS) && "unknown";
    }
    const [, script] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return script === path;
  } catch {
    return false;
  }
}

/**
 * Reports whether a shell may have ended because it did not find its script: it has printed nothing, and exits with
 * 127, or dash's 2.
 */
export function foundNothing({ exitCode, stdout }: Pick<RunResult, "exitCode" | "stdout">): boolean {
  return (exitCode === 127 || exitCode === 2) && stdout.length === 0;
}

function isLinux(): boolean {
  return process.platform === "linux" || process.platform === "android";
}

/**
 * Checks the digest of an executable, and gets its checked content ready to start: a program that only root can change
 * through the file that was opened and checked, anything else as a private copy.
 */
function readyIfChecked(file: string, argv: readonly string[], digests: readonly string[]): ReadyExecutable {
  const system = linux();
  const opened = system.open(file);
  if (isCheckedInPlace(system, file, opened, digests)) {
    return readyOnLinux(file, argv, {
      ...system,
      open: (path) => (path === file ? opened : system.open(path)),
    });
  }
  opened.close();
  const { path, remove } = checkedCopy(file, digests);
  try {
    return { ...readyOnLinux(path, argv), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/**
 * Reports whether a file can be started as it is, because nobody but root can change it, and has one of the digests.
 *
 * @throws WrongDigestError if it has none of them
 */
function isCheckedInPlace(
  system: StartingMachine<OpenFile>,
  file: string,
  opened: OpenFile,
  digests: readonly string[],
): boolean {
  try {
    const { reader, read } = opened;
    if (reader === undefined || read === undefined || !isRootsAlone(reader)) {
      return false;
    }
    const head = read(0, 256);
    // An interpreter opens its file by the path.
    if (isScript(head) || system.hasOtherFormat(file, head)) {
      return false;
    }
    const found = digestOfOpen(reader, doNothing);
    if (!digests.includes(found)) {
      throw new WrongDigestError(found);
    }
    return true;
  } catch (error) {
    opened.close();
    throw error;
  }
}

function doNothing(): void {}

function readyOnLinux(file: string, argv: readonly string[], system = linux()): ReadyExecutable {
  const plan = planStart(system, file, argv);
  const { descriptorPath, close } = plan.file;
  return {
    remove: doNothing,
    // An interpreter of another format receives the path, and may open it much later.
    path: plan.hasOtherFormat ? plan.path : (descriptorPath ?? plan.path),
    argv: plan.argv,
    close,
  };
}

interface OpenFile extends OpenExecutable {
  /**
   * A path by which only this process, and those that inherit from it, reach the file; undefined where there is no
   * /proc.
   */
  readonly descriptorPath: string | undefined;
  /** The descriptor for reading; undefined for a file that may only be executed. */
  readonly reader: number | undefined;
}

function linux(): StartingMachine<OpenFile> {
  let formats: readonly BinaryFormat[] | undefined;
  return {
    loaders: loaders(),
    open,
    hasOtherFormat: (path, head) => {
      formats ??= registeredFormats();
      return formats.some((format) => hasBinaryFormat(path, head, format));
    },
  };
}

function open(path: string): OpenFile {
  const descriptor = openSync(path, O_PATH);
  try {
    const { dev, ino } = regularFile(descriptor);
    const own = `${DESCRIPTORS}/${descriptor}`;
    const there = statSync(own, { throwIfNoEntry: false, bigint: true });
    const descriptorPath = there?.dev === dev && there.ino === ino ? own : undefined;
    accessSync(descriptorPath ?? path, constants.X_OK);
    return withReader(descriptor, path, descriptorPath);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/**
 * Checks that a file is regular.
 *
 * @throws the error of `execve` otherwise
 */
function regularFile(descriptor: number): { readonly dev: bigint; readonly ino: bigint } {
  const stats = fstatSync(descriptor, { bigint: true });
  if (!stats.isFile()) {
    throw startError("EACCES");
  }
  return stats;
}

function withReader(descriptor: number, path: string, descriptorPath: string | undefined): OpenFile {
  let reader: number | undefined;
  try {
    reader = openSync(descriptorPath ?? path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    // The user may still execute it.
  }
  return {
    descriptorPath,
    reader,
    read: reader === undefined ? undefined : (offset, length) => readPart(reader, offset, length),
    close: () => {
      closeSync(descriptor);
      if (reader !== undefined) {
        closeSync(reader);
      }
    },
  };
}

function readPart(descriptor: number, offset: number, length: number): Uint8Array {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
}

function loaders(): readonly ElfLoader[] {
  const has32Bit = process.arch === "x64" ? isThere(HAS_32_BIT) : undefined;
  return elfLoaders(machine(), endianness() === "LE", has32Bit);
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function registeredFormats(): readonly BinaryFormat[] {
  try {
    if (readFileSync(`${FORMATS}/status`, "latin1").trim() !== "enabled") {
      return [];
    }
    return readdirSync(FORMATS)
      .filter((name) => name !== "status" && name !== "register")
      .map((name) => parseBinaryFormat(readFileSync(`${FORMATS}/${name}`, "latin1")))
      .filter((format) => format !== undefined);
  } catch {
    // Most machines have no other formats.
    return [];
  }
}

function refuseForeignFormat(file: string): void {
  let head: Uint8Array;
  try {
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      head = readPart(descriptor, 0, 256);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // The user may still execute it without reading it; if it does not exist, the start reports so.
    return;
  }
  const code = foreignFormatFault(process.platform, head);
  if (code !== undefined) {
    throw startError(code);
  }
}
