import type { ElfLoader, ReadPart } from "./elf.ts";
import { checkElf, checkLinker } from "./elf.ts";
import { isScript, parseShebang } from "./shebang.ts";

/** An executable file, opened once: everything that follows is about this file, whatever its name refers to by then. */
export interface OpenExecutable {
  /** Reads a part of the file; undefined for one that may be executed but not read. */
  readonly read: ReadPart | undefined;
  /** Closes it. */
  readonly close: () => void;
}

/** The parts of the machine that starting a file depends on. */
export interface StartingMachine<File extends OpenExecutable> {
  readonly loaders: readonly ElfLoader[];
  /**
   * Opens a regular file that this process may execute.
   *
   * @throws an error with the `code` that executing the file would give: `ENOENT`, `EACCES`
   */
  open(path: string): File;
  /** Reports whether the system is configured to start such a file in another way, by `binfmt_misc`. */
  hasOtherFormat(path: string, head: Uint8Array): boolean;
}

/** The program that is executed in the end. The file is open. */
export interface StartPlan<File extends OpenExecutable> {
  readonly file: File;
  readonly path: string;
  /** Its arguments, its own name first. */
  readonly argv: readonly string[];
  /** Whether the system starts it in another way, for which it needs the path. */
  readonly hasOtherFormat: boolean;
}

/** How much of a file Linux reads to find out its format. */
const HEAD_LENGTH = 256;

/** How many interpreters of interpreters Linux follows. */
const MAX_DEPTH = 5;

/**
 * Plans the start of an executable as Linux does in `execve`: follows the first lines of scripts to the program that
 * runs them, builds its arguments, and checks its format. So nothing is left that the system refuses with `ENOEXEC`,
 * and that the C library would pass to a shell.
 *
 * @param argv - the arguments, the name of the program first
 * @throws an error with the `code` that `execve` would give
 */
export function planStart<File extends OpenExecutable>(
  machine: StartingMachine<File>,
  path: string,
  argv: readonly string[],
  depth = 0,
): StartPlan<File> {
  const file = machine.open(path);
  try {
    if (depth > MAX_DEPTH) {
      throw startError("ELOOP");
    }
    const { read } = file;
    if (read === undefined) {
      return { file, path, argv, hasOtherFormat: false };
    }
    const start = read(0, HEAD_LENGTH);
    if (machine.hasOtherFormat(path, start)) {
      return { file, path, argv, hasOtherFormat: true };
    }
    const head = Buffer.alloc(HEAD_LENGTH);
    head.set(start);
    if (!isScript(head)) {
      refuseElf(machine, head, read);
      return { file, path, argv, hasOtherFormat: false };
    }
    const { interpreter, argument } = interpreterOf(head);
    const plan = planStart(
      machine,
      interpreter,
      [interpreter, ...(argument === undefined ? [] : [argument]), path, ...argv.slice(1)],
      depth + 1,
    );
    file.close();
    return plan;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** Makes an error as `execve` gives it. */
export function startError(code: string): Error {
  return Object.assign(new Error(code === "ENOEXEC" ? "exec format error" : `cannot be started: ${code}`), {
    code,
  });
}

interface Interpreter {
  readonly interpreter: string;
  readonly argument: string | undefined;
}

function interpreterOf(head: Uint8Array): Interpreter {
  const shebang = parseShebang(head);
  if (shebang === undefined) {
    throw startError("ENOEXEC");
  }
  const { interpreter, argument } = shebang;
  refuseNoName(interpreter);
  return {
    interpreter: decode(interpreter),
    argument: argument === undefined ? undefined : decode(argument),
  };
}

/** Refuses an empty path, which the kernel reads as the current directory, which cannot be executed. */
function refuseNoName(path: Uint8Array): void {
  if (path.length === 0) {
    throw startError("EACCES");
  }
}

/** Decodes an argument. Node cannot pass arguments that are not UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw startError("ENOEXEC");
  }
}

function refuseElf(machine: StartingMachine<OpenExecutable>, head: Uint8Array, read: ReadPart): void {
  const verdict = checkElf(machine.loaders, head, read);
  if (verdict.code !== undefined) {
    throw startError(verdict.code);
  }
  const { loader, linker } = verdict;
  if (linker === undefined) {
    return;
  }
  refuseNoName(linker);
  const file = machine.open(Buffer.from(linker).toString("utf8"));
  try {
    const code = file.read === undefined ? undefined : checkLinker(loader, file.read);
    if (code !== undefined) {
      throw startError(code);
    }
  } finally {
    file.close();
  }
}
