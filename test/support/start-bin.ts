import { execFile } from "node:child_process";
import { builtCli } from "../conformance/repository.ts";
import type { Run } from "./run-bin.ts";

/**
 * Runs the built CLI in a child process while the servers of this one run, with only the given environment. Its
 * standard input is empty.
 */
export function startBin(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [builtCli(), ...args],
      {
        ...(options.cwd !== undefined && { cwd: options.cwd }),
        env: { HOME: "/nonexistent", ...options.env },
        maxBuffer: Infinity,
      },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        resolve({ stdout, stderr, exitCode: typeof code === "number" ? code : null });
      },
    );
    child.stdin?.end();
  });
}
