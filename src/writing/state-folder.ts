import { randomBytes } from "node:crypto";
import { filepathFor } from "../go/filepath.ts";
import { hasErrno } from "../errors.ts";
import type { Host } from "../host/host.ts";
import type { FileFacts } from "../host/open-file.ts";
import { describeErrno } from "../loading/file-system.ts";
import { homeDir } from "../loading/home-dir.ts";
import { describeForeignWriter, findForeignWriter } from "./foreign-writers.ts";

/** The variable that names another folder. */
export const STATE_DIR_VARIABLE = "KCFG_STATE_DIR";

/** The folder for the history of kubeconfigs, or why there is none. */
export type StateFolder =
  | { readonly path: string }
  | { readonly path?: undefined; readonly isMissing: boolean; readonly reason: string };

/**
 * Finds the folder for the history: `KCFG_STATE_DIR`, or else `~/.kube/kcfg`. It holds secrets and determines what
 * `undo` writes, so it is used only if no other user can write there: it and its parent folders are the user's own,
 * without write permission for anybody else, and no symbolic links.
 *
 * @param create - whether to make it, for the user alone, if it is missing
 */
export function stateFolder(host: Host, { create }: { readonly create: boolean }): StateFolder {
  try {
    return findFolder(host, create);
  } catch (error) {
    return unusable(error instanceof Unusable ? error.message : describeErrno(error));
  }
}

function unusable(reason: string): StateFolder {
  return { isMissing: false, reason };
}

/** Why the folder is not used. */
class Unusable extends Error {}

function findFolder(host: Host, create: boolean): StateFolder {
  const filepath = filepathFor(host);
  const named = host.env[STATE_DIR_VARIABLE] ?? "";
  if (named !== "" && !filepath.isAbs(named)) {
    throw new Unusable(`${STATE_DIR_VARIABLE} must be an absolute path`);
  }
  const home = named === "" ? homeDir(host) : "";
  if (named === "" && !filepath.isAbs(home)) {
    throw new Unusable(home === "" ? "there is no home directory" : "the home directory is no absolute path");
  }
  const chain =
    named === ""
      ? [filepath.join(home, ".kube"), filepath.join(home, ".kube", "kcfg")]
      : [filepath.join(named)];
  // The home itself, and the parents of a folder that KCFG_STATE_DIR names, may be links.
  const start = realFolder(host, named === "" ? home : filepath.dir(filepath.join(named)));
  if (named === "") {
    checkOwn(host, start);
  }
  const user = host.self.user();
  const stranger = user === undefined ? undefined : findForeignWriter(host, start, user);
  if (stranger !== undefined) {
    throw new Unusable(describeForeignWriter(stranger).replace(/^its folder /, ""));
  }
  let path = start;
  for (const folder of chain) {
    path = filepath.join(path, filepath.base(folder));
    if (!isThere(host, path)) {
      if (!create) {
        return { isMissing: true, reason: `${path} does not exist` };
      }
      make(host, path);
    }
    checkOwn(host, path);
  }
  // A folder that KCFG_STATE_DIR names may be in one like /tmp, where users may rename what is theirs.
  const intruder = user === undefined ? undefined : findForeignWriter(host, filepath.join(path, "x"), user);
  if (intruder !== undefined) {
    throw new Unusable(describeForeignWriter(intruder).replace(/^its folder /, ""));
  }
  return { path };
}

function realFolder(host: Host, path: string): string {
  try {
    return host.fs.realPath(path);
  } catch (error) {
    throw new Unusable(`${path}: ${describeErrno(error)}`);
  }
}

function isThere(host: Host, path: string): boolean {
  try {
    host.fs.lookAt(path);
    return true;
  } catch (error) {
    if (hasErrno(error, "ENOENT")) {
      return false;
    }
    throw new Unusable(`${path}: ${describeErrno(error)}`);
  }
}

function make(host: Host, path: string): void {
  try {
    host.fs.createDirectory(path, 0o700);
  } catch (error) {
    throw new Unusable(`${path}: ${describeErrno(error)}`);
  }
}

function checkOwn(host: Host, path: string): void {
  const fault = faultOf(lookInto(host, path), host.self.user());
  if (fault !== undefined) {
    throw new Unusable(`${path} ${fault}`);
  }
}

/** Returns facts about a folder. Windows cannot open folders; only the kind matters there. */
function lookInto(host: Host, path: string): Pick<FileFacts, "kind" | "mode" | "user"> {
  if (host.platform === "win32") {
    const isLink = host.fs.lookAt(path).isSymbolicLink;
    const { isDirectory, mode, user } = host.fs.stat(path);
    return { kind: isLink ? "link" : isDirectory ? "directory" : "file", mode, user };
  }
  try {
    const folder = host.fs.open(path, { follow: false });
    try {
      return folder.stat();
    } finally {
      folder.close();
    }
  } catch (error) {
    if (hasErrno(error, "ELOOP") || hasErrno(error, "EMLINK")) {
      return { kind: "link", mode: 0, user: 0 };
    }
    throw new Unusable(`${path}: ${describeErrno(error)}`);
  }
}

const WRITABLE_BY_OTHERS = 0o022;

function faultOf(
  { kind, mode, user: owner }: Pick<FileFacts, "kind" | "mode" | "user">,
  user: number | undefined,
): string | undefined {
  if (kind !== "directory") {
    return kind === "link" ? "is a symbolic link" : "is no folder";
  }
  if (user === undefined) {
    return undefined;
  }
  if (owner !== user) {
    return `belongs to user ${owner}`;
  }
  return (mode & WRITABLE_BY_OTHERS) === 0 ? undefined : "may be written by others";
}

/** Why a file of the state folder is not trusted. Holds no content of the file. */
export class StateFileError extends Error {}

/**
 * Reads a file of the state folder: a regular one of the user's own, no link.
 *
 * @param limit - in bytes
 * @returns undefined if there is none
 * @throws StateFileError for any other
 */
export function readStateFile(host: Host, path: string, limit: number): Uint8Array | undefined {
  try {
    const file = host.fs.open(path, { follow: false });
    try {
      const { kind, user: owner, size } = file.stat();
      const user = host.self.user();
      if (kind !== "file") {
        throw new StateFileError("it is no regular file");
      }
      if (user !== undefined && owner !== user) {
        throw new StateFileError(`it belongs to user ${owner}`);
      }
      if (size > limit) {
        throw new StateFileError("it is too large");
      }
      return file.read(limit);
    } finally {
      file.close();
    }
  } catch (error) {
    if (hasErrno(error, "ENOENT")) {
      return undefined;
    }
    throw error instanceof StateFileError
      ? error
      : new StateFileError(hasErrno(error, "ELOOP") ? "it is a symbolic link" : describeErrno(error));
  }
}

/** The pattern of the temporary files in the state folder. */
const TEMPORARY = /^\.[0-9a-f]{16}\.tmp$/;

/** How long a temporary file may be in use, in milliseconds. */
const TEMPORARY_LIFE = 60 * 60_000;

/**
 * Writes a file of the state folder, for the user alone, atomically.
 *
 * @throws errors of the file system; nothing is changed then
 */
export function writeStateFile(host: Host, path: string, data: Uint8Array): void {
  const filepath = filepathFor(host);
  const temporary = filepath.join(filepath.dir(path), `.${randomBytes(8).toString("hex")}.tmp`);
  const file = host.fs.open(temporary, { follow: false, create: { mode: 0o600 } });
  try {
    try {
      file.write(data);
      file.sync();
    } finally {
      file.close();
    }
    host.fs.rename(temporary, path);
  } catch (error) {
    host.fs.remove(temporary);
    throw error;
  }
  host.fs.syncDirectory(filepath.dir(path));
}

/** Reports whether a file of the state folder was left by a kcfg that was killed while it wrote it. */
export function isLeftTemporary(host: Host, folder: string, name: string): boolean {
  return (
    TEMPORARY.test(name) &&
    host.now() - host.fs.lookAt(filepathFor(host).join(folder, name)).modified > TEMPORARY_LIFE
  );
}
