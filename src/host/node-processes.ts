import { spawn } from "node:child_process";
import type { HostProcesses, RunOptions, RunResult } from "./processes.ts";

/** Starts processes on this machine. */
export const nodeProcesses: HostProcesses = { run };

function run(file: string, { args, env, inheritStdin, signal }: RunOptions): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      env,
      signal,
      shell: false,
      stdio: [inheritStdin ? "inherit" : "ignore", "pipe", "inherit"],
      windowsHide: true,
    });
    const chunks: Uint8Array[] = [];
    child.stdout?.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (code, endedBy) =>
      resolve({
        stdout: Buffer.concat(chunks),
        exitCode: code ?? undefined,
        signal: endedBy ?? undefined,
      }),
    );
  });
}
