import { posix } from "node:path";
import { memfs } from "memfs";
import type { Host } from "../../src/host/host.ts";

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

/** A machine in memory. On "win32" the paths of files are still written with slashes; backslashes are translated. */
export function fakeHost({
  files = {},
  executables = [],
  env = {},
  platform = "linux",
  cwd = "/here",
  accountHome,
}: FakeMachine = {}): Host {
  const programs = Object.fromEntries(executables.map((path) => [path, files[path] ?? "#!/bin/sh\n"]));
  const { fs } = memfs({ ...files, ...programs }, cwd);
  const locate = (path: string): string =>
    posix.resolve(cwd, platform === "win32" ? path.replace(/^[A-Za-z]:/, "").replaceAll("\\", "/") : path);
  for (const path of executables) {
    fs.chmodSync(locate(path), 0o755);
  }
  return {
    fs: {
      readFile: (path) => new Uint8Array(fs.readFileSync(locate(path)) as Buffer),
      writeFile: (path, data, mode) => fs.writeFileSync(locate(path), data, { mode }),
      stat: (path) => {
        const stats = fs.statSync(locate(path));
        return { isDirectory: stats.isDirectory(), isFile: stats.isFile(), mode: stats.mode };
      },
      checkExecutable: (path) => {
        if ((fs.statSync(locate(path)).mode & 0o111) === 0 && platform !== "win32") {
          throw Object.assign(new Error(`EACCES: permission denied, access '${path}'`), { code: "EACCES" });
        }
      },
      realPath: (path) => String(fs.realpathSync(locate(path))),
      createFile: (path, data, mode) => fs.writeFileSync(locate(path), data, { mode, flag: "wx" }),
      rename: (from, to) => fs.renameSync(locate(from), locate(to)),
      remove: (path) => fs.rmSync(locate(path), { force: true }),
      createDirectory: (path, mode) => void fs.mkdirSync(locate(path), { recursive: true, mode }),
      checkWritable: (path) => fs.accessSync(locate(path), 2),
      syncDirectory: () => undefined,
      list: (path) => (fs.readdirSync(locate(path)) as string[]).toSorted(),
      lookAt: (path) => {
        const stats = fs.lstatSync(locate(path));
        return {
          isSymbolicLink: stats.isSymbolicLink(),
          user: stats.uid,
          group: stats.gid,
          modified: stats.mtimeMs,
          identity: `${stats.ino}`,
        };
      },
      createLink: (path, target) => fs.symlinkSync(target, locate(path)),
      readLink: (path) => String(fs.readlinkSync(locate(path))),
      changeOwner: (path, user, group) => fs.chownSync(locate(path), user, group),
      changeMode: (path, mode) => fs.chmodSync(locate(path), mode),
      isSameFile: (one, other) => fs.lstatSync(locate(one)).ino === fs.lstatSync(locate(other)).ino,
    },
    env,
    platform,
    arch: "x64",
    now: () => Date.parse("2026-01-01T00:00:00Z"),
    terminal: {
      isTerminal: () => false,
      write: () => undefined,
      readByte: () => Promise.resolve(undefined),
      readHiddenLine: () => Promise.reject(new Error("this machine has no terminal")),
      size: () => ({ columns: 80, rows: 24 }),
      takeKeys: () => {
        throw new Error("this machine has no terminal");
      },
    },
    processes: {
      run: () => Promise.reject(new Error("this machine starts no processes")),
      startFault: () => undefined,
    },
    self: {
      pid: 4711,
      nodeVersion: "v20.19.0",
      machine: () => "fake",
      place: () => "fake",
      isRunning: (pid) => pid === 4711,
      others: () => [],
      sleep: () => Promise.resolve(),
      beforeEnd: () => () => Promise.resolve(),
      accountHome: () => accountHome,
      readInput: () => new Uint8Array(),
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
