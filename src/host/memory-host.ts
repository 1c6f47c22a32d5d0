import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { posix } from "node:path";
import type { Host, HostFileSystem } from "./host.ts";
import type { SyncFiles, SyncStats } from "./memory-files.ts";
import { memoryFiles } from "./memory-files.ts";
import type { FileFacts, OpenFile, OpenOptions } from "./open-file.ts";
import { tooLarge } from "./open-file.ts";
import type { RunOptions, RunResult } from "./processes.ts";
import { WrongDigestError } from "./processes.ts";

/** Options of {@link memoryHost}. All have defaults. */
export interface MemoryMachine {
  /**
   * The content of files by path; relative paths are relative to `cwd`. `null` is an empty folder. On Windows paths may
   * have slashes or backslashes.
   */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>> | undefined;
  /** An existing file system, such as a memfs volume, instead of a new one. `files` are added to it. */
  readonly fs?: SyncFiles | undefined;
  /**
   * The environment variables, in addition to `HOME` and `PATH` (on Windows `USERPROFILE`, `PATH` and `PATHEXT`);
   * `undefined` unsets a variable.
   */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The platform, as in Node's `process.platform`. Default: `linux`. */
  readonly platform?: string | undefined;
  /** The current directory. Default: the home directory. */
  readonly cwd?: string | undefined;
  /** The time: fixed (milliseconds since 1970, or a Date), or a clock. Default: the real clock. */
  readonly now?: number | Date | (() => number) | undefined;
  /**
   * Credential plugins, by the path of the executable, or by its name, which is then found in `PATH`. They run in this
   * process.
   */
  readonly plugins?: Readonly<Record<string, MemoryPlugin>> | undefined;
  /** The paths of other executable files; on Windows every file is executable. */
  readonly executables?: readonly string[] | undefined;
}

/** A credential plugin of a machine in memory. */
export type MemoryPlugin = (call: MemoryPluginCall) => MemoryPluginAnswer | Promise<MemoryPluginAnswer>;

/** A call of a plugin. */
export interface MemoryPluginCall {
  /** The command, as written in the kubeconfig. */
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  /** The ExecCredential of `KUBERNETES_EXEC_INFO`. */
  readonly info: { readonly apiVersion: string; readonly spec: Readonly<Record<string, unknown>> };
}

/**
 * The result of a plugin: the status of its ExecCredential, such as `{ token: "t" }`; or its output; or a non-zero exit
 * code.
 */
export type MemoryPluginAnswer =
  | {
      readonly token?: string | undefined;
      readonly clientCertificateData?: string | undefined;
      readonly clientKeyData?: string | undefined;
      readonly expirationTimestamp?: string | undefined;
    }
  | { readonly stdout: string }
  | { readonly exitCode: number };

/** A machine in memory. */
export interface MemoryHost extends Host {
  /** Returns the content of a file as a string; undefined if the file does not exist. */
  readonly textOf: (path: string) => string | undefined;
}

/** The uid that owns everything, unless existing files have a different owner. */
const USER = 1000;

/**
 * Creates a machine in memory, for tests: files, environment, platform, clock and credential plugins. Nothing is read,
 * written or started on the real machine. Pass it to any function of kcfg as the option `host`.
 *
 *     const host = memoryHost({ files: { "/home/user/.kube/config": text }, plugins: { aws: () => ({ token: "t" }) } });
 *     const config = loadConfig({ host });
 *
 * Connections use the real network: only files and programs are in memory.
 */
export function memoryHost(machine: MemoryMachine = {}): MemoryHost {
  const { platform = "linux", plugins = {}, executables = [] } = machine;
  const isWindows = platform === "win32";
  const home = isWindows ? String.raw`C:\Users\user` : "/home/user";
  const bin = isWindows ? String.raw`C:\bin` : "/usr/bin";
  const cwd = machine.cwd ?? home;
  const env = {
    ...(isWindows
      ? { USERPROFILE: home, PATH: bin, PATHEXT: ".COM;.EXE;.BAT;.CMD" }
      : { HOME: home, PATH: bin }),
    ...machine.env,
  };
  const { now = Date.now } = machine;
  const clock = typeof now === "function" ? now : () => Number(now);
  const fs = machine.fs ?? memoryFiles(USER, clock);
  const slashes = (path: string): string =>
    isWindows ? path.replace(/^[A-Za-z]:/, "").replaceAll("\\", "/") : path;
  const locate = (path: string): string => posix.resolve("/", slashes(cwd), slashes(path));
  const put = (path: string, content: string | Uint8Array | null, mode = 0o600): void => {
    const place = locate(path);
    fs.mkdirSync(content === null ? place : posix.dirname(place), { recursive: true, mode: 0o755 });
    if (content !== null) {
      fs.writeFileSync(place, typeof content === "string" ? new TextEncoder().encode(content) : content, {
        mode,
      });
      fs.chmodSync(place, mode);
    }
  };
  if ((fs.statSync("/").mode & WRITABLE_BY_OTHERS) !== 0) {
    protectFolders(fs, "/");
  }
  put(home, null);
  put(cwd, null);
  const user = fs.statSync(locate(home)).uid;
  for (const [path, content] of Object.entries(machine.files ?? {})) {
    put(path, content);
  }
  for (const path of executables) {
    if (isThere(fs, locate(path))) {
      fs.chmodSync(locate(path), 0o755);
    } else {
      put(path, "#!/bin/sh\n", 0o755);
    }
  }
  const installed = new Map<string, MemoryPlugin>();
  for (const [name, plugin] of Object.entries(plugins)) {
    const path = /[\\/]/.test(name)
      ? name
      : `${bin}/${name}${isWindows && !/\.\w+$/.test(name) ? ".exe" : ""}`;
    put(path, "#!/bin/sh\n", 0o755);
    installed.set(locate(path), plugin);
  }
  const digest = (file: string): string =>
    `sha256:${createHash("sha256")
      .update(bytesOf(fs.readFileSync(locate(file))))
      .digest("hex")}`;
  const run = async (file: string, options: RunOptions): Promise<RunResult> => {
    const plugin = installed.get(locate(file));
    if (plugin === undefined) {
      throw Object.assign(new Error(`${file} is no plugin of this machine in memory`), { code: "ENOEXEC" });
    }
    const found = digest(file);
    if (options.digests?.includes(found) === false) {
      throw new WrongDigestError(found);
    }
    return resultOf(plugin, options);
  };
  return {
    fs: fileSystem(fs, locate, isWindows),
    env,
    platform,
    arch: "x64",
    now: clock,
    cwd: () => cwd,
    terminal: NO_TERMINAL,
    processes: { run, startFault: () => undefined, digest },
    self: {
      pid: PID,
      nodeVersion: "v20.19.0",
      machine: () => "memory",
      processNamespace: () => "memory",
      isRunning: (pid) => pid === PID,
      startOf: () => undefined,
      others: () => [],
      sleep: () => Promise.resolve(),
      beforeEnd: () => () => Promise.resolve(),
      accountHome: () => home,
      user: () => (isWindows ? undefined : user),
      readInput: () => new Uint8Array(),
    },
    textOf: (path) => {
      try {
        return Buffer.from(fs.readFileSync(locate(path)) as Uint8Array).toString("utf8");
      } catch {
        return undefined;
      }
    },
  };
}

const PID = 4711;

const WRITABLE_BY_OTHERS = 0o022;

/** Makes the folders of a memfs volume writable by their owner only, as on a real machine: memfs lets everyone write. */
function protectFolders(fs: SyncFiles, folder: string): void {
  fs.chmodSync(folder, 0o755);
  for (const name of fs.readdirSync(folder) as string[]) {
    const path = posix.join(folder, name);
    if (fs.lstatSync(path).isDirectory()) {
      protectFolders(fs, path);
    }
  }
}

function isThere(fs: SyncFiles, path: string): boolean {
  try {
    fs.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

const NO_TERMINAL: Host["terminal"] = {
  isTerminal: () => false,
  write: () => undefined,
  readByte: () => Promise.resolve(undefined),
  readHiddenLine: () => Promise.reject(new Error("a machine in memory has no terminal")),
  size: () => ({ columns: 80, rows: 24 }),
  takeKeys: () => {
    throw new Error("a machine in memory has no terminal");
  },
};

async function resultOf(
  plugin: MemoryPlugin,
  { argv0, args, env, maxOutput }: RunOptions,
): Promise<RunResult> {
  const info = JSON.parse(env["KUBERNETES_EXEC_INFO"] ?? "{}") as MemoryPluginCall["info"];
  const answer = await plugin({ command: argv0, args, env, info });
  const exitCode = "exitCode" in answer ? answer.exitCode : 0;
  const text =
    "stdout" in answer
      ? answer.stdout
      : "exitCode" in answer
        ? ""
        : JSON.stringify({ apiVersion: info.apiVersion, kind: "ExecCredential", status: answer });
  const stdout = new TextEncoder().encode(text);
  return {
    stdout: stdout.subarray(0, maxOutput),
    isTruncated: stdout.length > maxOutput,
    exitCode,
    signal: undefined,
  };
}

function fileSystem(fs: SyncFiles, locate: (path: string) => string, isWindows: boolean): HostFileSystem {
  return {
    readFile: (path, limit) => within(limit, bytesOf(fs.readFileSync(locate(path)))),
    open: (path, options) => open(fs, locate(path), options),
    writeFile: (path, data, mode) => fs.writeFileSync(locate(path), data, { mode }),
    stat: (path) => {
      const stats = fs.statSync(locate(path));
      return { ...factsOf(stats), isDirectory: stats.isDirectory(), isFile: stats.isFile() };
    },
    checkExecutable: (path) => {
      if ((fs.statSync(locate(path)).mode & 0o111) === 0 && !isWindows) {
        throw Object.assign(new Error(`EACCES: permission denied, access '${path}'`), { code: "EACCES" });
      }
    },
    checkWritable: (path) => {
      if ((fs.statSync(locate(path)).mode & 0o200) === 0) {
        throw Object.assign(new Error(`EACCES: permission denied, access '${path}'`), { code: "EACCES" });
      }
    },
    isSameFile: (one, other) => {
      const [a, b] = [one, other].map((path) => fs.lstatSync(locate(path)));
      return a?.dev === b?.dev && a?.ino === b?.ino;
    },
    realPath: (path) => String(fs.realpathSync(locate(path))),
    rename: (from, to) => fs.renameSync(locate(from), locate(to)),
    remove: (path) => {
      try {
        fs.unlinkSync(locate(path));
      } catch (error) {
        if ((error as { readonly code?: unknown }).code !== "ENOENT") {
          throw error;
        }
      }
    },
    createDirectory: (path, mode) => void fs.mkdirSync(locate(path), { recursive: true, mode }),
    syncDirectory: () => undefined,
    list: (path) => (fs.readdirSync(locate(path)) as string[]).toSorted(),
    lookAt: (path) => {
      const stats = fs.lstatSync(locate(path));
      return { ...factsOf(stats), isSymbolicLink: stats.isSymbolicLink(), identity: `${stats.ino}` };
    },
    createLink: (path, target) => fs.symlinkSync(target, locate(path)),
    readLink: (path) => String(fs.readlinkSync(locate(path))),
  };
}

function open(fs: SyncFiles, path: string, { follow, access, create }: OpenOptions): OpenFile {
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
    read: (limit) => within(limit, bytesOf(fs.readFileSync(file))),
    write: (data) => fs.writeFileSync(file, data),
    changeMode: (mode) => fs.fchmodSync(file, mode),
    rewrite: (data) => fs.writeFileSync(path, data),
    changeOwner: (user, group) => fs.fchownSync(file, user, group),
    sync: () => undefined,
    close: () => fs.closeSync(file),
  };
}

function factsOf(stats: SyncStats): FileFacts {
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

function bytesOf(data: unknown): Uint8Array {
  return typeof data === "string" ? new TextEncoder().encode(data) : new Uint8Array(data as Uint8Array);
}

function within(limit: number, data: Uint8Array): Uint8Array {
  if (data.length > limit) {
    throw tooLarge(limit);
  }
  return data;
}
