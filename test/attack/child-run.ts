import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { NotHeld } from "./attack.ts";

/** The result of a child process. */
export interface ChildRun {
  readonly command: string;
  readonly stdout: string;
  readonly stderr: string;
  /** The bytes of both streams, standard output first. */
  readonly bytes: Buffer;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was killed because it did not end in time. */
  readonly hung: boolean;
  /** It was killed because it took too much memory. */
  readonly grew: boolean;
  readonly peakMiB: number;
  readonly milliseconds: number;
}

export interface ChildOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Changes to this user (and the group of the same number) first. */
  readonly uid?: number;
  readonly stdin?: string;
  /** Kills it after this time. Default 25: only a hang takes that long. */
  readonly seconds?: number;
  /** Kills it when it needs more. Default 1,500. */
  readonly maxMiB?: number;
  /** Keeps no more than this of its output. Default 4 MiB. */
  readonly keep?: number;
  /** Called with the process number once it runs. */
  readonly started?: (pid: number) => void;
}

/** Runs a program in a process group of its own, and kills the group when it takes too long or too much memory. */
export function runChild(command: readonly string[], options: ChildOptions): Promise<ChildRun> {
  const [file = "", ...args] = command;
  const start = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: { ...options.env },
      detached: true,
      stdio: [options.stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
      ...(options.uid !== undefined &&
        options.uid !== process.getuid?.() && { uid: options.uid, gid: options.uid }),
    });
    const out = collect(options.keep ?? 4_194_304);
    const err = collect(options.keep ?? 4_194_304);
    let hung = false;
    let grew = false;
    let peak = 0;
    const kill = (): void => {
      if (child.pid !== undefined) {
        try {
          process.kill(-child.pid, "SIGKILL");
        } catch {
          // It has just ended.
        }
      }
    };
    const clock = setTimeout(
      () => {
        hung = true;
        kill();
      },
      (options.seconds ?? 25) * 1000,
    );
    const scales = setInterval(() => {
      peak = Math.max(peak, peakMemory(child.pid));
      if (peak > (options.maxMiB ?? 1500)) {
        grew = true;
        kill();
      }
    }, 25);
    child.stdout?.on("data", out.add);
    child.stderr?.on("data", err.add);
    child.stdin?.on("error", () => {});
    child.stdin?.end(options.stdin);
    child.once("error", (error) => {
      clearTimeout(clock);
      clearInterval(scales);
      reject(error);
    });
    if (child.pid !== undefined) {
      options.started?.(child.pid);
    }
    child.once("close", (code, signal) => {
      clearTimeout(clock);
      clearInterval(scales);
      // Processes that it left running in its group end with it.
      kill();
      resolve({
        command: command.join(" "),
        stdout: out.bytes().toString("utf8"),
        stderr: err.bytes().toString("utf8"),
        bytes: Buffer.concat([out.bytes(), err.bytes()]),
        code,
        signal,
        hung,
        grew,
        peakMiB: peak,
        milliseconds: Date.now() - start,
      });
    });
  });
}

function collect(limit: number): { readonly add: (chunk: Buffer) => void; readonly bytes: () => Buffer } {
  const chunks: Buffer[] = [];
  let size = 0;
  return {
    add: (chunk) => {
      if (size < limit) {
        chunks.push(chunk);
        size += chunk.length;
      }
    },
    bytes: () => Buffer.concat(chunks).subarray(0, limit),
  };
}

/** Returns the peak memory of a process so far, in MiB; 0 where the system does not report it. */
function peakMemory(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmHWM:\s*(\d+)/mu.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

const CRASH =
  /\n {4}at |node:internal|TypeError|RangeError|ReferenceError|Maximum call stack|Cannot read propert|is not a function|is not iterable|Assertion failed|unhandled|Unhandled/u;

/**
 * Checks that a run ended by itself, within its limits, and without the signs of a crash.
 *
 * @throws NotHeld where it hung, was killed, grew without limit or printed a stack trace or one of JavaScript's own
 *   errors
 */
export function withoutCrash(run: ChildRun, name: string): ChildRun {
  if (run.hung) {
    throw new NotHeld(`${name}: still running after ${Math.round(run.milliseconds / 1000)} s`);
  }
  if (run.grew) {
    throw new NotHeld(`${name}: more than ${Math.round(run.peakMiB)} MiB of memory`);
  }
  if (run.signal !== null || (run.code !== null && run.code > 128 && run.code !== 130 && run.code !== 141)) {
    throw new NotHeld(
      `${name}: killed by ${run.signal ?? `signal ${(run.code ?? 0) - 128}`}: ${lastLines(run)}`,
    );
  }
  const crash = CRASH.exec(`\n${run.stderr}`);
  if (crash !== null) {
    throw new NotHeld(`${name}: crashed: ${lastLines(run)}`);
  }
  return run;
}

/** Returns the end of a run's standard error, on one line. */
export function lastLines(run: ChildRun): string {
  return run.stderr
    .trim()
    .slice(0, 300)
    .replaceAll(/\s*\n\s*/gu, " | ");
}
