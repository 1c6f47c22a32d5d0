import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { builtCli } from "../conformance/repository.ts";

export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

export const repositoryFolder = resolve(__dirname, "../..");

const BIN = builtCli();

/** Runs the built CLI in a child process, with only the given environment. */
export function runBin(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    /** Its standard input. */
    readonly input?: string;
  } = {},
): Run {
  const { stdout, stderr, status } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: options.cwd ?? repositoryFolder,
    env: { HOME: "/nonexistent", ...options.env },
    encoding: "utf8",
    maxBuffer: 1 << 29,
    ...(options.input !== undefined && { input: options.input }),
  });
  return { stdout, stderr, exitCode: status };
}
