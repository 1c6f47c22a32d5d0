import { posix } from "node:path";

/**
 * The functions of Node's `fs` that a machine in memory needs. A memfs volume has them, and so does Node's own `fs`.
 */
export interface SyncFiles {
  readFileSync(path: string | number): unknown;
  writeFileSync(path: string | number, data: Uint8Array, options?: { readonly mode: number }): void;
  openSync(path: string, flags: string, mode?: number): number;
  closeSync(file: number): void;
  fstatSync(file: number): SyncStats;
  statSync(path: string): SyncStats;
  lstatSync(path: string): SyncStats;
  fchmodSync(file: number, mode: number): void;
  fchownSync(file: number, user: number, group: number): void;
  chmodSync(path: string, mode: number): void;
  realpathSync(path: string): unknown;
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
  mkdirSync(path: string, options: { readonly recursive: true; readonly mode?: number }): unknown;
  readdirSync(path: string): unknown;
  symlinkSync(target: string, path: string): void;
  readlinkSync(path: string): unknown;
}

/** The used part of Node's `Stats`. */
export interface SyncStats {
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
  isSymbolicLink(): boolean;
}

interface Node {
  readonly kind: "file" | "directory" | "link";
  readonly number: number;
  mode: number;
  user: number;
  group: number;
  modified: number;
  /** The content of a file. */
  data: Uint8Array;
  /** The target of a symbolic link. */
  readonly target: string;
  /** The entries of a folder. */
  readonly entries: Map<string, Node>;
}

/** The maximum number of symbolic links in one path, as on Linux. */
const MOST_LINKS = 40;

/**
 * Creates a file system in memory, with the functions and errors of Node's `fs` on POSIX: folders, links, modes and owners.
 * Everything belongs to one user; permissions are not checked.
 *
 * @param user - the uid of that user
 */
export function memoryFiles(user: number, now: () => number): SyncFiles {
  let count = 0;
  const make = (kind: Node["kind"], mode: number, target = ""): Node => {
    count += 1;
    return {
      kind,
      number: count,
      mode,
      user,
      group: user,
      modified: now(),
      data: new Uint8Array(),
      target,
      entries: new Map(),
    };
  };
  const root = make("directory", 0o755);
  const opened = new Map<number, Node>();
  let nextFile = 3;

  /** Resolves a path to its folder, its name there, and the node of that name. */
  const walk = (call: string, path: string, follow: boolean): Place => {
    let links = 0;
    let folder: Place = { parent: root, name: "", node: root, path: "/" };
    const parts = posix.resolve("/", path).split("/").filter(Boolean).toReversed();
    for (let name = parts.pop(); name !== undefined; name = parts.pop()) {
      if (folder.node === undefined) {
        throw fault("ENOENT", call, path);
      }
      if (folder.node.kind !== "directory") {
        throw fault("ENOTDIR", call, path);
      }
      const node: Node | undefined = folder.node.entries.get(name);
      if (node?.kind === "link" && (follow || parts.length > 0)) {
        links += 1;
        if (links > MOST_LINKS) {
          throw fault("ELOOP", call, path);
        }
        const target = posix.resolve(folder.path, node.target).split("/").filter(Boolean);
        parts.push(...target.toReversed());
        folder = { parent: root, name: "", node: root, path: "/" };
      } else {
        folder = { parent: folder.node, name, node, path: posix.join(folder.path, name) };
      }
    }
    return folder;
  };
  const find = (call: string, path: string, follow = true): Node => {
    const { node } = walk(call, path, follow);
    if (node === undefined) {
      throw fault("ENOENT", call, path);
    }
    return node;
  };
  const byNumber = (file: number): Node => {
    const node = opened.get(file);
    if (node === undefined) {
      throw fault("EBADF", "read", String(file));
    }
    return node;
  };
  const create = (call: string, path: string, follow: boolean, node: Node): Node => {
    const { parent, name } = walk(call, path, follow);
    parent.entries.set(name, node);
    return node;
  };
  const asFile = (call: string, path: string, node: Node): Node => {
    if (node.kind === "directory") {
      throw fault("EISDIR", call, path);
    }
    return node;
  };

  return {
    readFileSync: (path) =>
      typeof path === "number" ? byNumber(path).data : asFile("read", path, find("open", path)).data,
    writeFileSync: (path, data, options) => {
      const node =
        typeof path === "number"
          ? byNumber(path)
          : asFile(
              "open",
              path,
              walk("open", path, true).node ??
                create("open", path, true, make("file", options?.mode ?? 0o644)),
            );
      node.data = Uint8Array.from(data);
      node.modified = now();
    },
    openSync: (path, flags, mode = 0o644) => {
      const isNew = flags.startsWith("wx");
      if (isNew && walk("open", path, false).node !== undefined) {
        throw fault("EEXIST", "open", path);
      }
      const node = isNew ? create("open", path, false, make("file", mode)) : find("open", path);
      nextFile += 1;
      opened.set(nextFile, flags === "r" ? node : asFile("open", path, node));
      return nextFile;
    },
    closeSync: (file) => void opened.delete(file),
    fstatSync: (file) => statsOf(byNumber(file)),
    statSync: (path) => statsOf(find("stat", path)),
    lstatSync: (path) => statsOf(find("lstat", path, false)),
    fchmodSync: (file, mode) => {
      byNumber(file).mode = mode;
    },
    fchownSync: (file, owner, group) => {
      Object.assign(byNumber(file), { user: owner, group });
    },
    chmodSync: (path, mode) => {
      find("chmod", path).mode = mode;
    },
    realpathSync: (path) => {
      find("realpath", path);
      return walk("realpath", path, true).path;
    },
    renameSync: (from, to) => {
      const source = walk("rename", from, false);
      const target = walk("rename", to, false);
      if (source.node === undefined) {
        throw fault("ENOENT", "rename", from);
      }
      if (target.node?.kind === "directory" && source.node.kind !== "directory") {
        throw fault("EISDIR", "rename", to);
      }
      source.parent.entries.delete(source.name);
      target.parent.entries.set(target.name, source.node);
    },
    unlinkSync: (path) => {
      const { parent, name, node } = walk("unlink", path, false);
      if (node === undefined) {
        throw fault("ENOENT", "unlink", path);
      }
      if (node.kind === "directory") {
        throw fault("EPERM", "unlink", path);
      }
      parent.entries.delete(name);
    },
    mkdirSync: (path, { mode = 0o755 }) => {
      const names = posix.resolve("/", path).split("/").filter(Boolean);
      for (let length = 1; length <= names.length; length++) {
        const folder = `/${names.slice(0, length).join("/")}`;
        const node =
          walk("mkdir", folder, true).node ?? create("mkdir", folder, true, make("directory", mode));
        if (node.kind !== "directory") {
          throw fault(length === names.length ? "EEXIST" : "ENOTDIR", "mkdir", path);
        }
      }
    },
    readdirSync: (path) => {
      const node = find("scandir", path);
      if (node.kind !== "directory") {
        throw fault("ENOTDIR", "scandir", path);
      }
      return [...node.entries.keys()].toSorted();
    },
    symlinkSync: (target, path) => {
      if (walk("symlink", path, false).node !== undefined) {
        throw fault("EEXIST", "symlink", path);
      }
      create("symlink", path, false, make("link", 0o777, target));
    },
    readlinkSync: (path) => {
      const node = find("readlink", path, false);
      if (node.kind !== "link") {
        throw fault("EINVAL", "readlink", path);
      }
      return node.target;
    },
  };
}

/** The result of resolving a path. */
interface Place {
  readonly parent: Node;
  readonly name: string;
  /** The node of that name; undefined if it does not exist. */
  readonly node: Node | undefined;
  /** The path without symbolic links. */
  readonly path: string;
}

function statsOf(node: Node): SyncStats {
  const size = node.kind === "link" ? node.target.length : node.data.length;
  return {
    mode: node.mode,
    uid: node.user,
    gid: node.group,
    size,
    nlink: 1,
    mtimeMs: node.modified,
    dev: 1,
    ino: node.number,
    isFile: () => node.kind === "file",
    isDirectory: () => node.kind === "directory",
    isSymbolicLink: () => node.kind === "link",
  };
}

const WORDS: Readonly<Record<string, string>> = {
  EBADF: "bad file descriptor",
  EEXIST: "file already exists",
  EINVAL: "invalid argument",
  EISDIR: "illegal operation on a directory",
  ELOOP: "too many symbolic links encountered",
  ENOENT: "no such file or directory",
  ENOTDIR: "not a directory",
  EPERM: "operation not permitted",
};

/** Returns an error as Node's `fs` throws it. */
function fault(code: string, syscall: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${WORDS[code] ?? ""}, ${syscall} '${path}'`), {
    code,
    syscall,
    path,
  });
}
