import { memfs } from "memfs";
import type { Host } from "../../src/host/host.ts";
import { memoryHost } from "../../src/host/memory-host.ts";

export interface FakeMachine {
  /** Path to content; relative paths are under `cwd`. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Paths of files that may be executed; on "win32" every file may. They are made if `files` has them not. */
  readonly executables?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly platform?: string;
  readonly cwd?: string;
  /** The user's home by the password database; none if it is not given. */
  readonly accountHome?: string;
}

/**
 * Returns a machine in memory. On "win32" the paths of files are still written with slashes; backslashes are
 * translated.
 */
export function fakeHost({
  files = {},
  executables = [],
  env = {},
  platform = "linux",
  cwd = "/here",
  accountHome,
}: FakeMachine = {}): Host {
  const volume = memfs(files, cwd).fs;
  const machine = memoryHost({ fs: volume, executables, platform, cwd });
  return {
    ...machine,
    env,
    now: () => Date.parse("2026-01-01T00:00:00Z"),
    processes: {
      ...machine.processes,
      run: () => Promise.reject(new Error("this machine starts no processes")),
    },
    self: {
      ...machine.self,
      machine: () => "fake",
      processNamespace: () => "fake",
      accountHome: () => accountHome,
    },
    cwd: () => (platform === "win32" ? `C:${cwd.replaceAll("/", "\\")}` : cwd),
  };
}

/** Runs what must throw and gives what it threw. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
