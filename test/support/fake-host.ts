import { posix } from "node:path";
import { memfs } from "memfs";
import type { Host } from "../../src/host/host.ts";

export interface FakeMachine {
  /** Path to content; relative paths are under `cwd`. */
  readonly files?: Readonly<Record<string, string | null>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly platform?: string;
  readonly cwd?: string;
}

/** A machine in memory. On "win32" the paths of files are still written with slashes; backslashes are translated. */
export function fakeHost({
  files = {},
  env = {},
  platform = "linux",
  cwd = "/work",
}: FakeMachine = {}): Host {
  const { fs } = memfs(files, cwd);
  const locate = (path: string): string =>
    posix.resolve(cwd, path.replace(/^[A-Za-z]:/, "").replaceAll("\\", "/"));
  return {
    fs: {
      readFile: (path) => new Uint8Array(fs.readFileSync(locate(path)) as Buffer),
      writeFile: (path, data, mode) => fs.writeFileSync(locate(path), data, { mode }),
      stat: (path) => {
        const stats = fs.statSync(locate(path));
        return { isDirectory: stats.isDirectory(), mode: stats.mode };
      },
    },
    env,
    platform,
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
