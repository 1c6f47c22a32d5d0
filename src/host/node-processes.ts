import type { ChildProcess, SpawnOptions } from "node:child_process";
import { basename } from "node:path";
import process from "node:process";
import { batchCommandLine, isBatchFile } from "./batch-file.ts";
import { end, interruptionIsOver, SharedFate } from "./node-interruption.ts";
import { canHaveOwnSession, processTree } from "./node-process-tree.ts";
import type { ProcessTree } from "./node-process-tree.ts";
import { refuseUnknownFormat } from "./node-executable-format.ts";
import type { HostProcesses, RunOptions, RunResult } from "./processes.ts";
import { childProcess } from "./node-late-modules.ts";

/** Starts processes on this machine. */
export const nodeProcesses: HostProcesses = { run };

async function run(file: string, options: RunOptions): Promise<RunResult> {
  options.signal?.throwIfAborted();
  if (basename(file) === file) {
    throw Object.assign(new Error("not a path"), { code: "ENOENT" });
  }
  refuseUnknownFormat(file);
  const hasOwnSession = !options.inheritStdin && canHaveOwnSession();
  const fate = new SharedFate();
  try {
    const child = start(file, options, hasOwnSession);
    // Without a pid it was not started, which `collect` reports.
    const tree = child.pid === undefined ? undefined : processTree(child.pid, hasOwnSession);
    if (tree !== undefined) {
      fate.bind(tree);
    }
    return await collect(child, tree, options);
  } finally {
    fate.release();
    // If this process is about to end by a signal, nobody should hear of an end of the other one.
    await interruptionIsOver();
  }
}

function start(
  file: string,
  { argv0, args, env, inheritStdin }: RunOptions,
  detached: boolean,
): ChildProcess {
  const common: SpawnOptions = {
    env,
    shell: false,
    detached,
    stdio: [inheritStdin ? "inherit" : "ignore", "pipe", "inherit"],
    windowsHide: true,
  };
  if (process.platform === "win32" && isBatchFile(file)) {
    const { interpreter, line } = batchCommandLine(file, args, process.env["SystemRoot"]);
    return childProcess().spawn(interpreter, line, { ...common, windowsVerbatimArguments: true });
  }
  return childProcess().spawn(file, args, { ...common, argv0 });
}

/** Waits for the end of a process, and ends it and its children when it may not go on. */
function collect(
  child: ChildProcess,
  tree: ProcessTree | undefined,
  { maxOutput, signal }: RunOptions,
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    let ending: Promise<void> | undefined;
    const stop = (): void => {
      if (tree !== undefined && ending === undefined) {
        // Somebody who has left the tree may hold the other end of its output for ever.
        ending = end([tree], "SIGTERM").then(() => void child.stdout?.destroy());
      }
    };
    signal?.addEventListener("abort", stop, { once: true });
    child.stdout?.on("data", (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > maxOutput) {
        stop();
      } else {
        chunks.push(chunk);
      }
    });
    child.on("error", reject);
    child.on("close", (code, endedBy) => {
      signal?.removeEventListener("abort", stop);
      const result = {
        stdout: Buffer.concat(chunks),
        isTruncated: size > maxOutput,
        exitCode: code ?? undefined,
        signal: endedBy ?? undefined,
      };
      resolve(ending === undefined ? result : ending.then(() => result));
    });
  });
}
