import type { ChildProcess, SpawnOptions } from "node:child_process";
import { basename } from "node:path";
import process from "node:process";
import { batchCommandLine, isBatchFile } from "./batch-file.ts";
import { checkDigest, digestOf } from "./node-checked-copy.ts";
import { foundNothing, isShellFor, readyToStart, startFault } from "./node-executable.ts";
import { end, interruptionIsOver, ChildProcessGuard } from "./node-interruption.ts";
import { canHaveOwnSession, processTree } from "./node-process-tree.ts";
import type { ProcessTree } from "./node-process-tree.ts";
import { runInForeground } from "./node-foreground.ts";
import { startError } from "./start-plan.ts";
import type { HostProcesses, RunOptions, RunResult } from "./processes.ts";
import { childProcess } from "./node-late-modules.ts";

/** Starts processes on this machine. */
export const nodeProcesses: HostProcesses = { run, runInForeground, startFault, digest: digestOf };

async function run(file: string, options: RunOptions): Promise<RunResult> {
  options.signal?.throwIfAborted();
  if (basename(file) === file) {
    throw Object.assign(new Error("not a path"), { code: "ENOENT" });
  }
  const hasOwnSession = !options.inheritStdin && canHaveOwnSession();
  const fate = new ChildProcessGuard();
  try {
    const { child, isGivenToShell, remove } = start(file, options, hasOwnSession);
    if (remove !== undefined) {
      fate.removeAfterwards(remove);
    }
    // Without a pid it was not started, which `collect` reports.
    const tree = child.pid === undefined ? undefined : processTree(child.pid, hasOwnSession);
    if (tree !== undefined) {
      fate.bind(tree);
    }
    if (isGivenToShell === true) {
      tree?.kill("SIGKILL");
    }
    const result = await collect(child, tree, options);
    if (isGivenToShell === true || (isGivenToShell === "unknown" && foundNothing(result))) {
      throw startError("ENOEXEC");
    }
    return result;
  } finally {
    fate.release();
    // If this process is about to end by a signal, the end of the other one must not be reported.
    await interruptionIsOver();
  }
}

interface Started {
  readonly child: ChildProcess;
  /** Whether the file changed to an unknown format just before it was started. */
  readonly isGivenToShell: boolean | "unknown";
  /** Removes what the program may need until it has ended. */
  readonly remove?: () => void;
}

function start(
  file: string,
  { argv0, args, digests, env, inheritStdin, onStderr }: RunOptions,
  detached: boolean,
): Started {
  const { spawn } = childProcess();
  const common: SpawnOptions = {
    env,
    shell: false,
    detached,
    stdio: [inheritStdin ? "inherit" : "ignore", "pipe", onStderr === undefined ? "inherit" : "pipe"],
    windowsHide: true,
  };
  if (process.platform === "win32" && isBatchFile(file)) {
    if (digests !== undefined) {
      checkDigest(file, digests);
    }
    const { interpreter, line } = batchCommandLine(file, args, process.env["SystemRoot"]);
    const child = spawn(interpreter, line, { ...common, windowsVerbatimArguments: true });
    return { child, isGivenToShell: false };
  }
  const { path, argv, close, remove } = readyToStart(file, [argv0, ...args], digests);
  try {
    const child = spawn(path, argv.slice(1), { ...common, argv0: argv[0] });
    return { child, isGivenToShell: child.pid !== undefined && isShellFor(child.pid, path), remove };
  } catch (error) {
    remove();
    throw error;
  } finally {
    // By now it has been started: `spawn` waits for that.
    close();
  }
}

/** Ends a process and its children, and waits for that, but not forever. */
async function endWith(child: ChildProcess, tree: ProcessTree): Promise<void> {
  const closed = new Promise<void>((resolve) => void child.once("close", () => resolve()));
  await end([tree], "SIGTERM");
  // A detached descendant may keep the pipe open indefinitely.
  child.stdout?.destroy();
  child.stderr?.destroy();
  // A process that this one may not kill, such as a setuid program, may never end.
  await Promise.race([closed, delay(PATIENCE)]);
  child.unref();
}

/** How long the system has to report the end of a killed process, in milliseconds. */
const PATIENCE = 500;

/** Waits for the end of a process, and ends it and its children when it must stop. */
function collect(
  child: ChildProcess,
  tree: ProcessTree | undefined,
  { maxOutput, onStdout, onStderr, signal }: RunOptions,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const output = gather(maxOutput);
    let isEnding = false;
    const settle = (code: number | null, endedBy: NodeJS.Signals | null): void => {
      signal?.removeEventListener("abort", stop);
      resolve({
        stdout: output.bytes(),
        isTruncated: output.isTruncated(),
        exitCode: code ?? undefined,
        signal: endedBy ?? undefined,
      });
    };
    const stop = (): void => {
      if (tree !== undefined && !isEnding) {
        isEnding = true;
        void endWith(child, tree).then(() => settle(child.exitCode, child.signalCode));
      }
    };
    signal?.addEventListener("abort", stop, { once: true });
    child.stdout?.on("data", (chunk: Uint8Array) => {
      if (onStdout !== undefined) {
        child.stdout?.pause();
        void onStdout(chunk).finally(() => child.stdout?.resume());
      } else if (!output.add(chunk)) {
        stop();
      }
    });
    // What was read until then is the output; the end of the process is reported separately.
    child.stdout?.on("error", () => undefined);
    child.stderr?.on("data", (chunk: Uint8Array) => onStderr?.(chunk));
    child.stderr?.on("error", () => undefined);
    child.on("error", reject);
    child.on("close", (code, endedBy) => {
      if (!isEnding) {
        settle(code, endedBy);
      }
    });
  });
}

/** The initial size of the output buffer, in bytes. */
const FIRST_ROOM = 4096;

/** Gathers output in one buffer: single-byte pieces take no more memory than one large piece. */
function gather(max: number): {
  /** Adds a piece. Returns whether there was room for it. */
  readonly add: (chunk: Uint8Array) => boolean;
  readonly bytes: () => Uint8Array;
  readonly isTruncated: () => boolean;
} {
  let buffer = Buffer.alloc(FIRST_ROOM);
  let size = 0;
  let isTruncated = false;
  return {
    add: (chunk) => {
      isTruncated ||= size + chunk.length > max;
      if (isTruncated) {
        return false;
      }
      if (size + chunk.length > buffer.length) {
        buffer = Buffer.concat([buffer], Math.max(2 * buffer.length, size + chunk.length));
      }
      buffer.set(chunk, size);
      size += chunk.length;
      return true;
    },
    bytes: () => buffer.subarray(0, size),
    isTruncated: () => isTruncated,
  };
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());
}
