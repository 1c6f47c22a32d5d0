import { ConfigReadError } from "../errors.ts";
import type { FileStat, Host, HostFileSystem } from "../host/host.ts";
import { readFile, statIfPossible } from "../loading/file-system.ts";
import { CREDENTIAL_LIMIT } from "../loading/size-limits.ts";

/** The content of a file, or why it cannot be told. */
export type Content = { readonly data: Uint8Array } | { readonly data?: undefined; readonly fault: string };

/** What the doctor asks of the machine: each thing is looked at once, however many entries name it. */
export interface Machine {
  /** Whether files have an owner, a group and a mode. */
  readonly hasModes: boolean;
  /** Reads a file that an entry names. What is no regular file is not read, since that might never end. */
  read(path: string): Content;
  /** Looks at a file, through symbolic links; undefined if it cannot be looked at. */
  stat(path: string): FileStat | undefined;
  /** The path of a file without symbolic links; the path itself if that cannot be told. */
  realPath(path: string): string;
}

export function machineOf(host: Host): Machine {
  const read = remember((path) => readRegularFile(host, path));
  return {
    hasModes: host.platform !== "win32",
    read,
    stat: remember((path) => statIfPossible(host, path)),
    realPath: remember((path) => realPathIfPossible(host, path)),
  };
}

/** A host that looks at each file once; for a time in which nothing changes. */
export function rememberingHost(host: Host): Host {
  const fs: HostFileSystem = {
    ...host.fs,
    stat: remember((path) => host.fs.stat(path)),
    checkExecutable: remember((path) => host.fs.checkExecutable(path)),
  };
  return { ...host, fs };
}

/** The function with the answer to each text remembered, its errors included. */
function remember<T>(run: (text: string) => T): (text: string) => T {
  const answers = new Map<string, () => T>();
  return (text) => {
    const known = answers.get(text) ?? attempt(() => run(text));
    answers.set(text, known);
    return known();
  };
}

function attempt<T>(run: () => T): () => T {
  try {
    const answer = run();
    return () => answer;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

function readRegularFile(host: Host, path: string): Content {
  const stat = statIfPossible(host, path);
  if (stat !== undefined && !stat.isFile && !stat.isDirectory) {
    return { fault: `${path} is no regular file, so it was not looked into` };
  }
  try {
    return { data: readFile(host, path, CREDENTIAL_LIMIT) };
  } catch (error) {
    if (error instanceof ConfigReadError) {
      return { fault: error.message };
    }
    throw error;
  }
}

function realPathIfPossible(host: Host, path: string): string {
  try {
    return host.fs.realPath(path);
  } catch {
    return path;
  }
}
