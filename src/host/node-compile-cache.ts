import type { Stats } from "node:fs";
import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";

/**
 * Lets V8 cache its compiled code of all modules that are loaded from now on, where Node can do that (from 22.1 on), so
 * that the next run starts without compiling. Node's own switch to disable it is `NODE_DISABLE_COMPILE_CACHE=1`.
 */
export function keepCompiledCode(): void {
  const [major = "0"] = process.versions.node.split(".");
  // Older versions have no such cache, and the module would be loaded for nothing.
  if (Number(major) < 22) {
    return;
  }
  const { enableCompileCache } = process.getBuiltinModule("node:module") as ModuleWithCache;
  const folder = enableCompileCache && compileCacheFolder();
  if (folder !== undefined) {
    enableCompileCache?.(folder);
  }
}

interface ModuleWithCache {
  /** Since Node 22.1. */
  readonly enableCompileCache?: (folder: string) => unknown;
}

function compileCacheFolder(): string | undefined {
  try {
    const home = homedir();
    // Under sudo, HOME may still be another user's, who would then decide what root runs.
    return actsAsItself() && resolve(userInfo().homedir) === resolve(home)
      ? privateCacheFolder(home, process.getuid?.())
      : undefined;
  } catch {
    // The home does not exist, or the folder cannot be made.
    return undefined;
  }
}

/** Reports whether this process has exactly the rights of the user who started it. */
function actsAsItself(): boolean {
  return process.geteuid?.() === process.getuid?.() && process.getegid?.() === process.getgid?.();
}

/**
 * Returns the folder for compiled code, next to kubectl's caches; makes it if it is missing. Compiled code is code, so
 * the folder is used only where no other user can write, now or later: the home and all folders on the way to it belong
 * to the user or to root, and nobody else may write to them. It is used only if `.kube` exists: read-only commands must
 * not create files.
 *
 * @param home - the user's home
 * @param user - number of the user; undefined on Windows, where a home is private
 * @throws Node's errors for a folder that cannot be made
 */
export function privateCacheFolder(home: string, user: number | undefined): string | undefined {
  const kube = join(home, ".kube");
  if (!isOwn(kube, user)) {
    return undefined;
  }
  // A link above the home is followed once: from then on its target is used.
  const above = realpathSync.native(dirname(resolve(home)));
  const real = join(above, resolve(home).slice(dirname(resolve(home)).length));
  if (user !== undefined && !(isOwn(real, user) && isSafeAbove(above, user))) {
    return undefined;
  }
  const cache = join(real, ".kube", "cache");
  const own = join(cache, "kcfg");
  const isReady =
    isOwn(join(real, ".kube"), user) && isOwnOrMade(cache, user, 0o750) && isOwnOrMade(own, user, PRIVATE);
  return isReady && (user === undefined || (lstatSync(own).mode & 0o777) === PRIVATE) ? own : undefined;
}

/** The mode of a folder that only its owner can enter. */
const PRIVATE = 0o700;

const WRITABLE_BY_OTHERS = 0o022;

/** Reports whether a path is a folder that belongs to the user and that nobody else may write to. */
function isOwn(path: string, user: number | undefined): boolean {
  const stats = lookAt(path);
  return (
    stats?.isDirectory() === true &&
    (user === undefined || (stats.uid === user && (stats.mode & WRITABLE_BY_OTHERS) === 0))
  );
}

function isOwnOrMade(path: string, user: number | undefined, mode: number): boolean {
  if (lookAt(path) === undefined) {
    mkdirSync(path, { mode });
  }
  return isOwn(path, user);
}

/** Reports whether only the user and root can replace this folder, and what belongs to them in it. */
export function isSafeAbove(path: string, user: number): boolean {
  const stats = lookAt(path);
  if (stats?.isDirectory() !== true) {
    return false;
  }
  const isSticky = stats.uid === 0 && (stats.mode & STICKY) !== 0;
  const isSafe =
    (stats.uid === 0 || stats.uid === user) && ((stats.mode & WRITABLE_BY_OTHERS) === 0 || isSticky);
  return isSafe && (dirname(path) === path || isSafeAbove(dirname(path), user));
}

/** In a folder with this bit, such as /tmp, others may not move what they do not own. */
const STICKY = 0o1000;

/** Returns facts about a path, without following links. */
function lookAt(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
