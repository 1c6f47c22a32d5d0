import type { Stats } from "node:fs";
import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import { dirname, join, resolve } from "node:path";
import process from "node:process";

/**
 * Lets V8 keep what it compiles of all modules that are loaded from now on, where Node can do that (from 22.1 on): then the
 * next run starts without compiling. Node has its own switch against it, `NODE_DISABLE_COMPILE_CACHE=1`.
 */
export function keepCompiledCode(): void {
  const [major = "0"] = process.versions.node.split(".");
  // On others there is nothing to be had, and the module would be loaded for nothing.
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
    // Under sudo HOME may still be that of another user, who would then decide what root runs.
    return actsAsItself() && resolve(userInfo().homedir) === resolve(home)
      ? privateCacheFolder(home, process.getuid?.())
      : undefined;
  } catch {
    // Nobody's home, or a folder that cannot be made.
    return undefined;
  }
}

/** Reports whether this process has the rights of the user who started it, and no others. */
function actsAsItself(): boolean {
  return process.geteuid?.() === process.getuid?.() && process.getegid?.() === process.getgid?.();
}

/**
 * Returns the folder for compiled code, beside what kubectl keeps of servers; makes it if it is missing. Compiled code is code,
 * so there is a folder only where nobody else can put anything, now or later: the home and all folders on the way to it belong to
 * the user or to root, and nobody else may write to them. And there is one only where there is a `.kube` already: read-only
 * commands must not create files.
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
  // A link above the home is followed once: what is used below is where it leads.
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

/** The mode of a folder that only its owner can look into. */
const PRIVATE = 0o700;

const WRITABLE_BY_OTHERS = 0o022;

/** Reports whether a folder is really there, belongs to the user, and nobody else may write to it. */
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

/** Reports whether nobody but the user and root can put something else in the place of this folder. */
function isSafeAbove(path: string, user: number): boolean {
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

/** Links are not followed. */
function lookAt(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
