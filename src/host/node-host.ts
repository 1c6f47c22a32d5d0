import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  unlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import process from "node:process";
import type { Host, PathFacts } from "./host.ts";
import { factsOf, openNodeFile, readNodeFile } from "./node-open-file.ts";
import { nodeProcesses } from "./node-processes.ts";
import { nodeSelf } from "./node-self.ts";
import { nodeTerminal } from "./node-terminal.ts";

/** The machine that Node runs on. */
export const nodeHost: Host = {
  fs: {
    readFile: readNodeFile,
    open: openNodeFile,
    writeFile: (path, data, mode) => writeFileSync(path, data, { mode }),
    stat: (path) => {
      const stats = statSync(path, { bigint: true });
      return { ...factsOf(stats), isDirectory: stats.isDirectory(), isFile: stats.isFile() };
    },
    checkExecutable: (path) => accessSync(path, constants.X_OK),
    checkWritable: (path) => accessSync(path, constants.W_OK),
    isSameFile: (one, other) => {
      const [a, b] = [one, other].map((path) => lstatSync(path, { bigint: true }));
      return a?.dev === b?.dev && a?.ino === b?.ino;
    },
    realPath: (path) => realpathSync(path),
    rename: (from, to) => renameSync(from, to),
    remove,
    createDirectory: (path, mode) => void mkdirSync(path, { recursive: true, mode }),
    removeDirectory: (path) => rmdirSync(path),
    syncDirectory,
    list: (path) => readdirSync(path),
    lookAt,
    watch: watchFolder,
    createLink: (path, target) => symlinkSync(target, path),
    readLink: (path) => readlinkSync(path),
  },
  env: process.env,
  platform: process.platform,
  arch: process.arch,
  cwd: currentDirectory,
  now: () => Date.now(),
  terminal: nodeTerminal,
  processes: nodeProcesses,
  self: nodeSelf,
};

/**
 * Returns the current directory. A shell that came here through a symbolic link says so in PWD; Go's `os.Getwd` uses
 * it, if it is right.
 */
function currentDirectory(): string {
  const named = process.env["PWD"] ?? "";
  return process.platform !== "win32" && named.startsWith("/") && isCurrentDirectory(named)
    ? named
    : process.cwd();
}

function isCurrentDirectory(path: string): boolean {
  try {
    const [here, there] = [".", path].map((each) => statSync(each, { bigint: true }));
    return here?.dev === there?.dev && here?.ino === there?.ino;
  } catch {
    return false;
  }
}

/** Removes a file. Unlike `rmSync`, it never tries to remove a folder, even when a file cannot be removed. */
function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") {
      throw error;
    }
  }
}

function watchFolder(path: string, onChange: (isOver: boolean) => void): (() => void) | undefined {
  try {
    const watcher = watch(path, { persistent: true }, () => onChange(false));
    // The folder is gone, or the system has no more watches to give.
    watcher.on("error", () => {
      watcher.close();
      onChange(true);
    });
    return () => watcher.close();
  } catch {
    return undefined;
  }
}

function syncDirectory(path: string): void {
  if (process.platform === "win32") {
    return;
  }
  const directory = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    fsyncSync(directory);
  } catch {
    // Some network file systems have no fsync of a folder: then there is nothing to wait for.
  } finally {
    closeSync(directory);
  }
}

function lookAt(path: string): PathFacts {
  const stats = lstatSync(path, { bigint: true });
  return {
    ...factsOf(stats),
    isSymbolicLink: stats.isSymbolicLink(),
    identity: `${stats.dev}-${stats.ino}-${stats.ctimeNs}`,
  };
}
