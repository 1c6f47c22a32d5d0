import { posix } from "node:path";
import process from "node:process";
import { memfs } from "memfs";
import { hasErrno } from "../../src/errors.ts";
import type { Host } from "../../src/host/host.ts";
import { tooLarge } from "../../src/host/open-file.ts";
import type { FileFacts, OpenFile, OpenOptions } from "../../src/host/open-file.ts";

export interface FakeMachine {
  /** Path to content; relative paths are under `cwd`. */
  readonly files?: Readonly<Record<string, string | null>>;
  /** Paths of files that may be executed; on "win32" every file may. They are created if `files` lacks them. */
  readonly executables?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly platform?: string;
  readonly cwd?: string;
  /** The user's home by the password database; none if it is not given. */
  readonly accountHome?: string;
}

/**
 * Makes a machine in memory. On "win32" the paths of files are still written with slashes; backslashes are translated.
 */
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
  protectFolders(fs, "/");
  for (const path of executables) {
    fs.chmodSync(locate(path), 0o755);
  }
  // As on other machines, folders belong to their owners.
  for (const path of ["/", ...(fs.readdirSync("/", { recursive: true }) as string[])]) {
    const place = posix.resolve("/", path);
    if (fs.lstatSync(place).isDirectory()) {
      fs.chmodSync(place, 0o755);
    }
  }
  return {
    fs: {
      readFile: (path, limit) => within(limit, new Uint8Array(fs.readFileSync(locate(path)) as Buffer)),
      open: (path, options) => open(fs, locate(path), options),
      writeFile: (path, data, mode) => fs.writeFileSync(locate(path), data, { mode }),
      stat: (path) => {
        const stats = fs.statSync(locate(path));
        return { ...factsOf(stats), isDirectory: stats.isDirectory(), isFile: stats.isFile() };
      },
      checkExecutable: (path) => {
        if ((fs.statSync(locate(path)).mode & 0o111) === 0 && platform !== "win32") {
          throw Object.assign(new Error(`EACCES: permission denied, access '${path}'`), { code: "EACCES" });
        }
      },
      realPath: (path) => String(fs.realpathSync(locate(path))),
      rename: (from, to) => fs.renameSync(locate(from), locate(to)),
      remove: (path) => remove(fs, locate(path)),
      createDirectory: (path, mode) => void fs.mkdirSync(locate(path), { recursive: true, mode }),
      checkWritable: (path) => fs.accessSync(locate(path), 2),
      syncDirectory: () => undefined,
      list: (path) => (fs.readdirSync(locate(path)) as string[]).toSorted(),
      lookAt: (path) => {
        const stats = fs.lstatSync(locate(path));
        return { ...factsOf(stats), isSymbolicLink: stats.isSymbolicLink(), identity: `${stats.ino}` };
      },
      createLink: (path, target) => fs.symlinkSync(target, locate(path)),
      readLink: (path) => String(fs.readlinkSync(locate(path))),
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
      processNamespace: () => "fake",
      isRunning: (pid) => pid === 4711,
      startOf: () => undefined,
      others: () => [],
      sleep: () => Promise.resolve(),
      beforeEnd: () => () => Promise.resolve(),
      accountHome: () => accountHome,
      // The user of this process owns the files in memory.
      user: () => process.getuid?.(),
      readInput: () => new Uint8Array(),
    },
    cwd: () => (platform === "win32" ? `C:${cwd.replaceAll("/", "\\")}` : cwd),
  };
}

type MemoryFs = ReturnType<typeof memfs>["fs"];

/** Unlike `rmSync` of memfs, it also removes a link that leads to nothing. */
function remove(fs: MemoryFs, path: string): void {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    if (!hasErrno(error, "ENOENT")) {
      throw error;
    }
  }
}

/** In memory everybody may write in all folders; on a machine, only their owner. */
function protectFolders(fs: MemoryFs, folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const name of fs.readdirSync(folder) as string[]) {
    const path = posix.join(folder, name);
    if (fs.lstatSync(path).isDirectory()) {
      protectFolders(fs, path);
    }
  }
}

function open(fs: MemoryFs, path: string, { follow, access, create }: OpenOptions): OpenFile {
  if (!follow && create === undefined && fs.lstatSync(path).isSymbolicLink()) {
    throw Object.assign(new Error(`ELOOP: too many symbolic links encountered, open '${path}'`), {
      code: "ELOOP",
    });
  }
  const file =
    create === undefined
      ? fs.openSync(path, access === "readwrite" ? "r+" : "r")
      : fs.openSync(path, "wx+", create.mode);
  return {
    stat: () => factsOf(fs.fstatSync(file)),
    read: (limit) => within(limit, new Uint8Array(fs.readFileSync(file) as Buffer)),
    write: (data) => fs.writeFileSync(file, data),
    changeMode: (mode) => fs.fchmodSync(file, mode),
    changeOwner: (user, group) => fs.fchownSync(file, user, group),
    sync: () => undefined,
    close: () => fs.closeSync(file),
  };
}

interface MemoryStats {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  readonly nlink: number;
  readonly mtimeMs: number;
  readonly dev: number;
  readonly ino: number;
  isFile(): boolean;
  isDirectory(): boolean;
}

function factsOf(stats: MemoryStats): FileFacts {
  return {
    kind: stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "link",
    mode: stats.mode & 0o7777,
    user: stats.uid,
    group: stats.gid,
    size: stats.size,
    links: stats.nlink,
    modified: stats.mtimeMs,
    identity: `${stats.dev}-${stats.ino}`,
  };
}

function within(limit: number, data: Uint8Array): Uint8Array {
  if (data.length > limit) {
    throw tooLarge(limit);
  }
  return data;
}

/** Runs a function that must throw, and returns the error. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}
